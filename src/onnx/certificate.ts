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
  /** 0 to 1; 1 for regression. */
  labelAgreement: number;
  opset: number;
  mlOpset: number;
  operators: string[];
  runtime: string;
  sha256: string;
  size: number;
  at: string;
  ms: number;
  reason?: string;
}
