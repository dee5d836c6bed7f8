/** A digest as people compare it: its ends, whole on hover. */
export function Digest({ of: digest }: { of: string }) {
  return (
    <code title={digest}>
      {digest.slice(0, 8)} … {digest.slice(-8)}
    </code>
  );
}
