/** The Trusted Types policies: the app's own scripts, and blobs and data workers that it made itself, may be loaded as code. */
interface PolicyFactory {
  createPolicy: (
    name: string,
    rules: { createScriptURL?: (url: string) => string; createHTML?: (html: string) => string },
  ) => { createScriptURL: (url: string) => unknown };
}
let policy: { createScriptURL: (url: string) => unknown } | undefined;

function allowed(url: string): string {
  const full = new URL(url, self.location.href);
  const own = full.origin === self.location.origin && full.protocol !== 'data:';
  if (own || full.protocol === 'blob:' || (full.protocol === 'data:' && url.startsWith('data:text/javascript'))) return url;
  throw new TypeError(`not a script of this app: ${url.slice(0, 80)}`);
}

const policies = () => (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;

/** ECharts empties its element with `innerHTML = ''`; that and nothing else may be written as HTML. */
export function allowEmptyHtml(): void {
  policies()?.createPolicy('default', {
    createHTML: (html) => {
      if (html === '') return html;
      throw new TypeError('this page writes no HTML from text');
    },
  });
}

/** A script address for `new Worker` and `register`; refuses any other origin. */
export function trustedUrl(url: string): string {
  const factory = policies();
  if (!factory) return allowed(url);
  policy ??= factory.createPolicy('millrace', { createScriptURL: allowed });
  return policy.createScriptURL(url) as string;
}
