import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '../../../../server/auth/auth-options.ts';
import { honestStatus } from '../../../../server/auth/sign-in-status.ts';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: NextRequest, context: Context): Promise<Response> {
  return honestStatus(
    (await NextAuth(request as never, context as never, authOptions(request.headers))) as Response,
  );
}

export { handle as GET, handle as POST };
