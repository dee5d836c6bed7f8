/** Rounds halves to the even neighbour, as IEEE 754, numpy and ONNX do. */
export function roundEven(x: number): number {
  const nearest = Math.floor(x + 0.5);
  return nearest - x === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
}
