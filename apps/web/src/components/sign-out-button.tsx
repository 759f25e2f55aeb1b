'use client';
import { signOut } from '../client/sign-out.ts';

export function SignOutButton({ label }: { label: string }) {
  return (
    <button type="button" className="btn pri" onClick={() => void signOut()}>
      {label}
    </button>
  );
}
