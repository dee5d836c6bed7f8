/** What an import of a kernel file with `?wasm` gives (see `build.ts`). */
declare module '*.as.ts?wasm' {
  export const bytes: Uint8Array<ArrayBuffer>;
}
