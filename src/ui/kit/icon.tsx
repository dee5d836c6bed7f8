/** Interface icons by name: Fluent regular at 16 px, filled where a state is meant. Node kinds have their own list in `kind-icon.tsx`. */
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { ArrowRedoRegular } from '@fluentui/react-icons/svg/arrow-redo';
import { ArrowRepeatAllRegular } from '@fluentui/react-icons/svg/arrow-repeat-all';
import { ArrowResetRegular } from '@fluentui/react-icons/svg/arrow-reset';
import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync';
import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { ArrowUploadRegular } from '@fluentui/react-icons/svg/arrow-upload';
import { BeakerRegular } from '@fluentui/react-icons/svg/beaker';
import { BoxRegular } from '@fluentui/react-icons/svg/box';
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { ChevronUpRegular } from '@fluentui/react-icons/svg/chevron-up';
import { CircleRegular } from '@fluentui/react-icons/svg/circle';
import { ClipboardPasteRegular } from '@fluentui/react-icons/svg/clipboard-paste';
import { ClockRegular } from '@fluentui/react-icons/svg/clock';
import { DatabaseRegular } from '@fluentui/react-icons/svg/database';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { DropRegular } from '@fluentui/react-icons/svg/drop';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { ErrorCircleFilled } from '@fluentui/react-icons/svg/error-circle';
import { EyeOffRegular } from '@fluentui/react-icons/svg/eye-off';
import { FilterRegular } from '@fluentui/react-icons/svg/filter';
import { FlowRegular } from '@fluentui/react-icons/svg/flow';
import { FolderOpenRegular } from '@fluentui/react-icons/svg/folder-open';
import { FullScreenMaximizeRegular } from '@fluentui/react-icons/svg/full-screen-maximize';
import { FullScreenMinimizeRegular } from '@fluentui/react-icons/svg/full-screen-minimize';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { InfoRegular } from '@fluentui/react-icons/svg/info';
import { LightbulbRegular } from '@fluentui/react-icons/svg/lightbulb';
import { LinkRegular } from '@fluentui/react-icons/svg/link';
import { MapRegular } from '@fluentui/react-icons/svg/map';
import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal';
import { NoteRegular } from '@fluentui/react-icons/svg/note';
import { OrganizationRegular } from '@fluentui/react-icons/svg/organization';
import { PauseRegular } from '@fluentui/react-icons/svg/pause';
import { PinFilled, PinRegular } from '@fluentui/react-icons/svg/pin';
import { PlayFilled } from '@fluentui/react-icons/svg/play';
import { PlugDisconnectedRegular } from '@fluentui/react-icons/svg/plug-disconnected';
import { ProhibitedRegular } from '@fluentui/react-icons/svg/prohibited';
import { RecordStopRegular } from '@fluentui/react-icons/svg/record-stop';
import { SearchRegular } from '@fluentui/react-icons/svg/search';
import { SettingsRegular } from '@fluentui/react-icons/svg/settings';
import { SubtractRegular } from '@fluentui/react-icons/svg/subtract';
import { TableRegular } from '@fluentui/react-icons/svg/table';
import { TextBulletListTreeRegular } from '@fluentui/react-icons/svg/text-bullet-list-tree';
import { WarningFilled } from '@fluentui/react-icons/svg/warning';

const ICONS = {
  add: AddRegular,
  download: ArrowDownloadRegular,
  redo: ArrowRedoRegular,
  reused: ArrowRepeatAllRegular,
  reset: ArrowResetRegular,
  refit: ArrowSyncRegular,
  undo: ArrowUndoRegular,
  upload: ArrowUploadRegular,
  sample: BeakerRegular,
  models: BoxRegular,
  filter: FilterRegular,
  check: CheckmarkRegular,
  fresh: CheckmarkCircleFilled,
  down: ChevronDownRegular,
  right: ChevronRightRegular,
  up: ChevronUpRegular,
  idle: CircleRegular,
  paste: ClipboardPasteRegular,
  queued: ClockRegular,
  data: DatabaseRegular,
  delete: DeleteRegular,
  close: DismissRegular,
  leak: DropRegular,
  edit: EditRegular,
  failed: ErrorCircleFilled,
  disabled: EyeOffRegular,
  template: FlowRegular,
  designer: OrganizationRegular,
  browse: FolderOpenRegular,
  fit: FullScreenMaximizeRegular,
  shrink: FullScreenMinimizeRegular,
  runs: HistoryRegular,
  info: InfoRegular,
  tip: LightbulbRegular,
  link: LinkRegular,
  map: MapRegular,
  more: MoreHorizontalRegular,
  note: NoteRegular,
  outline: TextBulletListTreeRegular,
  pause: PauseRegular,
  pin: PinRegular,
  pinned: PinFilled,
  play: PlayFilled,
  'needs-input': PlugDisconnectedRegular,
  blocked: ProhibitedRegular,
  stop: RecordStopRegular,
  cancelled: RecordStopRegular,
  interrupted: PlugDisconnectedRegular,
  'not-started': RecordStopRegular,
  search: SearchRegular,
  settings: SettingsRegular,
  minus: SubtractRegular,
  table: TableRegular,
  warning: WarningFilled,
} as const;
export type IconName = keyof typeof ICONS;

/** Decorative: the word stands beside it or in the control's label. */
export function Icon({ name, size = 16, className }: { name: IconName; size?: number; className?: string }) {
  const Glyph = ICONS[name];
  return <Glyph className={className} style={{ fontSize: size, width: size, height: size, flex: 'none' }} aria-hidden="true" />;
}
