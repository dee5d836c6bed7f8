/** The page's content security policy (contracts §6): one text for the meta tag and the service worker. */
const policy = (connect: string) =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval' blob:",
    "worker-src 'self' data: blob:",
    `connect-src ${connect}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types millrace default',
  ].join('; ');

export const CONTENT_SECURITY_POLICY = policy("'self' blob: data:");
/** The net worker alone may reach the address that the user gave it: https anywhere, plain http on this machine. */
export const NET_WORKER_POLICY = policy("'self' https: http://localhost:* http://127.0.0.1:*");
