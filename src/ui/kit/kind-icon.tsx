/** The icon of a node kind, by the name in its record, and its 24 px tile tinted by the family of what it makes. */

import type { FluentIcon } from '@fluentui/react-icons';
import { AddSquareMultipleRegular } from '@fluentui/react-icons/svg/add-square-multiple';
import { ArrowMoveInwardRegular } from '@fluentui/react-icons/svg/arrow-move-inward';
import { ArrowSortRegular } from '@fluentui/react-icons/svg/arrow-sort';
import { ArrowStepOverRegular } from '@fluentui/react-icons/svg/arrow-step-over';
import { ArrowSwapRegular } from '@fluentui/react-icons/svg/arrow-swap';
import { ArrowTrendingRegular } from '@fluentui/react-icons/svg/arrow-trending';
import { AutosumRegular } from '@fluentui/react-icons/svg/autosum';
import { BeakerRegular } from '@fluentui/react-icons/svg/beaker';
import { BezierCurveSquareRegular } from '@fluentui/react-icons/svg/bezier-curve-square';
import { BoxRegular } from '@fluentui/react-icons/svg/box';
import { BoxArrowUpRegular } from '@fluentui/react-icons/svg/box-arrow-up';
import { BrainCircuitRegular } from '@fluentui/react-icons/svg/brain-circuit';
import { BranchForkRegular } from '@fluentui/react-icons/svg/branch-fork';
import { BroomRegular } from '@fluentui/react-icons/svg/broom';
import { CalculatorRegular } from '@fluentui/react-icons/svg/calculator';
import { CalendarRegular } from '@fluentui/react-icons/svg/calendar';
import { ChartMultipleRegular } from '@fluentui/react-icons/svg/chart-multiple';
import { CircleMultipleConcentricRegular } from '@fluentui/react-icons/svg/circle-multiple-concentric';
import { CodeRegular } from '@fluentui/react-icons/svg/code';
import { ColumnTripleRegular } from '@fluentui/react-icons/svg/column-triple';
import { CounterRegular } from '@fluentui/react-icons/svg/counter';
import { CubeRegular } from '@fluentui/react-icons/svg/cube';
import { DataAreaRegular } from '@fluentui/react-icons/svg/data-area';
import { DataBarVerticalRegular } from '@fluentui/react-icons/svg/data-bar-vertical';
import { DataHistogramRegular } from '@fluentui/react-icons/svg/data-histogram';
import { DataLineRegular } from '@fluentui/react-icons/svg/data-line';
import { DataPieRegular } from '@fluentui/react-icons/svg/data-pie';
import { DataScatterRegular } from '@fluentui/react-icons/svg/data-scatter';
import { DataTrendingRegular } from '@fluentui/react-icons/svg/data-trending';
import { DatabaseRegular } from '@fluentui/react-icons/svg/database';
import { DatabaseArrowUpRegular } from '@fluentui/react-icons/svg/database-arrow-up';
import { DocumentCsvRegular } from '@fluentui/react-icons/svg/document-csv';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { FilterRegular } from '@fluentui/react-icons/svg/filter';
import { GaugeRegular } from '@fluentui/react-icons/svg/gauge';
import { GroupListRegular } from '@fluentui/react-icons/svg/group-list';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { LayerRegular } from '@fluentui/react-icons/svg/layer';
import { LeafThreeRegular } from '@fluentui/react-icons/svg/leaf-three';
import { LightbulbRegular } from '@fluentui/react-icons/svg/lightbulb';
import { MergeRegular } from '@fluentui/react-icons/svg/merge';
import { Multiplier2XRegular } from '@fluentui/react-icons/svg/multiplier-2-x';
import { NumberSymbolRegular } from '@fluentui/react-icons/svg/number-symbol';
import { OrganizationRegular } from '@fluentui/react-icons/svg/organization';
import { PlayCircleRegular } from '@fluentui/react-icons/svg/play-circle';
import { PulseRegular } from '@fluentui/react-icons/svg/pulse';
import { RenameRegular } from '@fluentui/react-icons/svg/rename';
import { RoadRegular } from '@fluentui/react-icons/svg/road';
import { RotateRightRegular } from '@fluentui/react-icons/svg/rotate-right';
import { SaveRegular } from '@fluentui/react-icons/svg/save';
import { ScaleFitRegular } from '@fluentui/react-icons/svg/scale-fit';
import { ScalesRegular } from '@fluentui/react-icons/svg/scales';
import { SineWaveDotsRegular } from '@fluentui/react-icons/svg/sine-wave-dots';
import { SplitVerticalRegular } from '@fluentui/react-icons/svg/split-vertical';
import { SquareHintRegular } from '@fluentui/react-icons/svg/square-hint';
import { StackRegular } from '@fluentui/react-icons/svg/stack';
import { SubtractRegular } from '@fluentui/react-icons/svg/subtract';
import { TableRegular } from '@fluentui/react-icons/svg/table';
import { TableDeleteRowRegular } from '@fluentui/react-icons/svg/table-delete-row';
import { TableDismissRegular } from '@fluentui/react-icons/svg/table-dismiss';
import { TableEditRegular } from '@fluentui/react-icons/svg/table-edit';
import { TargetRegular } from '@fluentui/react-icons/svg/target';
import { TimelineRegular } from '@fluentui/react-icons/svg/timeline';
import { TrophyRegular } from '@fluentui/react-icons/svg/trophy';

const KIND_ICONS: Record<string, FluentIcon> = {
  csv: DocumentCsvRegular,
  sample: BeakerRegular,
  grid: TableEditRegular,
  database: DatabaseRegular,
  'database-plus': DatabaseArrowUpRegular,
  save: SaveRegular,
  table: TableRegular,
  profile: DataHistogramRegular,
  columns: ColumnTripleRegular,
  drop: TableDeleteRowRegular,
  fill: BroomRegular,
  replace: ArrowSwapRegular,
  rename: RenameRegular,
  edit: EditRegular,
  concat: AddSquareMultipleRegular,
  transpose: RotateRightRegular,
  sum: AutosumRegular,
  filter: FilterRegular,
  sort: ArrowSortRegular,
  distinct: TableDismissRegular,
  join: MergeRegular,
  group: GroupListRegular,
  formula: CalculatorRegular,
  calendar: CalendarRegular,
  split: BranchForkRegular,
  scale: ScaleFitRegular,
  encode: NumberSymbolRegular,
  bin: SplitVerticalRegular,
  baseline: SubtractRegular,
  line: DataTrendingRegular,
  logistic: ArrowTrendingRegular,
  counts: CounterRegular,
  powers: Multiplier2XRegular,
  scales: ScalesRegular,
  margin: RoadRegular,
  tree: OrganizationRegular,
  forest: LeafThreeRegular,
  boosting: DataBarVerticalRegular,
  network: BrainCircuitRegular,
  neighbours: CircleMultipleConcentricRegular,
  kernel: BezierCurveSquareRegular,
  clusters: DataScatterRegular,
  anomaly: PulseRegular,
  components: ArrowMoveInwardRegular,
  timeline: TimelineRegular,
  history: HistoryRegular,
  wave: SineWaveDotsRegular,
  forecaster: DataLineRegular,
  forecast: DataAreaRegular,
  rolling: ArrowStepOverRegular,
  train: PlayCircleRegular,
  combine: LayerRegular,
  calibrate: GaugeRegular,
  score: TargetRegular,
  evaluate: DataPieRegular,
  explain: LightbulbRegular,
  effects: ChartMultipleRegular,
  folds: StackRegular,
  automl: TrophyRegular,
  box: BoxRegular,
  'box-open': BoxArrowUpRegular,
  onnx: CubeRegular,
  code: CodeRegular,
};

export function KindIcon({ name, size = 16 }: { name: string; size?: number }) {
  const Glyph = KIND_ICONS[name] ?? SquareHintRegular;
  return <Glyph style={{ fontSize: size, width: size, height: size }} aria-hidden="true" />;
}

export type Family = 'data' | 'prepare' | 'fitted' | 'result' | 'delivery';

export function KindTile({ icon, family, size = 24 }: { icon: string; family: Family; size?: number }) {
  return (
    <span className={`mr-tile mr-tile-${family}`} style={{ width: size, height: size }}>
      <KindIcon name={icon} size={Math.round((size * 2) / 3)} />
    </span>
  );
}
