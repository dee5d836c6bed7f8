/** Trees as the kernels take them: learners pack them so, prediction reads them. */

/**
 * Trees as parallel arrays. Node i is a leaf where feature[i] < 0; else x <= threshold goes left, and missing goes left where
 * missingLeft[i] is 1. A leaf adds value[i * width … + width - 1] to the outputs target[t] … of its tree t. A tree's nodes come after its root and before
 * the next root, children after their parent.
 */
export interface Trees {
  readonly roots: Int32Array;
  readonly target: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  readonly width: number;
  readonly value: Float32Array;
  /**
   * Nodes that ask whether the feature, a category's code, is in a set: of node i the set number setOf[i], or -1. A set is 32 bytes of `sets`, bit
   * c = code c; it goes left, and what is in no set right. Absent where no node does.
   */
  readonly setOf?: Int32Array;
  readonly sets?: Uint8Array;
}
