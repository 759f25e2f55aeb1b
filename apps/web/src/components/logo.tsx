/** Four corners and a dot: the mark of the chosen. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <path d="M3 8V3h5M16 3h5v5M21 16v5h-5M8 21H3v-5" stroke="currentColor" strokeWidth="2.2" />
      <circle cx="12" cy="12" r="4" fill="var(--accent)" />
    </svg>
  );
}
