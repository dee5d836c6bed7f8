/** Whether this machine has a graphics processor that training may use: WebGL 2 in hardware, with float textures. */

/** Renderers that draw on the processor; training there is many times slower than plain code. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

export function hasGpu(): boolean {
  if (typeof OffscreenCanvas === 'undefined') return false;
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (!gl) return false;
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  const found = gl.getExtension('EXT_color_buffer_float') !== null && !SOFTWARE.test(renderer);
  // Browsers allow few contexts at a time.
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return found;
}
