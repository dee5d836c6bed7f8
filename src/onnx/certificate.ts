/** The parity certificate: onnxruntime against the native prediction on held-out and edge rows. Pure record. */
export interface Certificate {
  passed: boolean;
  /** Held-out rows, and edge rows (each input missing, unseen category, extremes). */
  rows: number;
  edgeRows: number;
  heldOut: boolean;
  /** Largest absolute difference of probabilities or values (values relative to their spread). */
  maxDelta: number;
  tolerance: number;
  /** 0 to 1 over the rows that are no ties; 1 for regression. */
  labelAgreement: number;
  /** Rows whose two best classes are less than 1e-6 apart here, so that either label is right. */
  ties: number;
  opset: number;
  mlOpset: number;
  operators: string[];
  runtime: string;
  /** Of the file as it is given out. Not in the copy inside the file, which cannot know it. */
  sha256: string;
  size: number;
  /** Of the file before the certificate and other metadata were added. */
  graphSha256: string;
  /** ISO time and duration; '' and 0 where the prover had no clock (a node's run, so that the same model gives the same value). */
  at: string;
  ms: number;
  reason?: string;
}
