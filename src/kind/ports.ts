/** The types that travel on wires. Letter and family say them on the canvas; the codec per type is given by the host. */
export type PortType = 'table' | 'learner' | 'model' | 'transform' | 'results' | 'artefact' | 'columns' | 'value';

export interface PortStyle {
  letter: string;
  family: 'data' | 'fitted' | 'result' | 'delivery';
  shape: 'square' | 'pill' | 'triangle' | 'circle' | 'pentagon' | 'hexagon' | 'diamond' | 'page';
  title: string;
}

export const PORT_STYLES: Record<PortType, PortStyle> = {
  table: { letter: 'T', family: 'data', shape: 'square', title: 'Table' },
  columns: { letter: 'C', family: 'data', shape: 'pill', title: 'Column list' },
  value: { letter: 'V', family: 'data', shape: 'triangle', title: 'Value' },
  learner: { letter: 'L', family: 'fitted', shape: 'pentagon', title: 'Learner' },
  model: { letter: 'M', family: 'fitted', shape: 'circle', title: 'Model' },
  transform: { letter: 'X', family: 'fitted', shape: 'hexagon', title: 'Fitted transform' },
  results: { letter: 'R', family: 'result', shape: 'diamond', title: 'Results' },
  artefact: { letter: 'A', family: 'delivery', shape: 'page', title: 'File' },
};

export interface Port {
  /** Stable id, unique within the side: `table`, `train`, `test`. */
  id: string;
  title: string;
  type: PortType;
  /** Inputs only: the node cannot run without it. */
  required?: boolean;
  /** Inputs only: takes any number of wires, ordered by the document. */
  many?: boolean;
}
