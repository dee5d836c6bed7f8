/** What edit metadata learns, which step and graph read. */

/** Labels of whole numbers that became categories: the ONNX graph can only name those it was told. */
export interface Relabelled {
  levels: Record<string, string[]>;
}
