import { PageBar } from '../../components/page-bar.tsx';

export default function Loading() {
  return (
    <>
      <PageBar crumbs={[]} />
      <div className="page" aria-busy="true">
        <div className="skel" style={{ width: 'min(420px, 80%)', height: 34 }} />
        <div className="skel" style={{ width: 'min(640px, 95%)', height: 20, marginTop: 12 }} />
        <div className="skel" style={{ height: 220, marginTop: 32 }} />
      </div>
    </>
  );
}
