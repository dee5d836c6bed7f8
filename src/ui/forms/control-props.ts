/** What the control of a parameter is given, whatever its type. */
import type { Json } from '../../base/json.ts';
import type { Param } from '../../kind/params.ts';

export interface ControlProps {
  name: string;
  param: Param;
  value: Json;
  onChange: (value: Json) => void;
  id: string;
  describedBy: string;
  invalid: boolean;
  label: string;
}
