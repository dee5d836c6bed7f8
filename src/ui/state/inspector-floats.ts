/** Whether the inspector lies over the canvas, as it does on narrow screens (`inspector.css`): it opens when a node is pressed, and not by itself. */
export const inspectorFloats = (): boolean => typeof matchMedia === 'function' && matchMedia('(max-width: 899px)').matches;
