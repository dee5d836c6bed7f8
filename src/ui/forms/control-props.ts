/** What the control of a parameter is given, whatever its type. */
import type { Json } from '../../base/json.ts';
import type { Param } from '../../kind/params.ts';

export interface ControlProps {
  name: string;
  param: Param;
  value: Json;
  onChange: (value: Json) => void;
  /** Several nodes are set together and differ here. */
  mixed?: boolean;
  /** A number in the hand: shown, not yet set. */
  onPreview?: (value: number | undefined) => void;
  id: string;
  describedBy: string;
  invalid: boolean;
  label: string;
}
