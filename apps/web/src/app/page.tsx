export default function Page() {
  return <main>Likeness</main>;
}
