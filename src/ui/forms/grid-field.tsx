/** A small sheet typed by hand: names and types of columns on top, cells below; a block pasted from a spreadsheet spreads out. */
import type { Json } from '../../base/json.ts';
import type { ColumnType } from '../../kind/schema.ts';
import { useText } from '../i18n/text.ts';
import { Button, IconButton } from '../kit/button.tsx';

interface Sheet {
  columns: { name: string; type: ColumnType }[];
  rows: (string | null)[][];
}
const TYPES: readonly ColumnType[] = ['number', 'integer', 'boolean', 'category', 'text', 'datetime'];
const MOST_ROWS = 200;
const asSheet = (value: Json): Sheet => {
  const sheet = value as unknown as Partial<Sheet> | null;
  return { columns: sheet?.columns ?? [], rows: sheet?.rows ?? [] };
};

export function GridField({ value, onChange, id }: { value: Json; onChange: (value: Json) => void; id: string }) {
  const t = useText();
  const sheet = asSheet(value);
  const give = (next: Sheet) => onChange(next as unknown as Json);
  const setCell = (row: number, column: number, text: string) =>
    give({
      ...sheet,
      rows: sheet.rows.map((cells, i) =>
        i === row ? sheet.columns.map((_c, j) => (j === column ? text || null : (cells[j] ?? null))) : cells,
      ),
    });
  const setColumn = (at: number, change: Partial<Sheet['columns'][number]>) =>
    give({ ...sheet, columns: sheet.columns.map((c, i) => (i === at ? { ...c, ...change } : c)) });
  const freeName = () => {
    for (let n = sheet.columns.length + 1; ; n++) if (!sheet.columns.some((c) => c.name === `column_${n}`)) return `column_${n}`;
  };
  const addColumn = () =>
    give({ columns: [...sheet.columns, { name: freeName(), type: 'number' }], rows: sheet.rows.map((cells) => [...cells, null]) });
  const addRow = () => give({ ...sheet, rows: [...sheet.rows, sheet.columns.map(() => null)] });
  const paste = (event: React.ClipboardEvent, row: number, column: number) => {
    const text = event.clipboardData.getData('text/plain');
    if (!/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const block = text
      .replace(/\r/g, '')
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => line.split('\t'));
    const wide = Math.max(sheet.columns.length, column + Math.max(...block.map((cells) => cells.length)));
    const columns = Array.from({ length: wide }, (_, j) => sheet.columns[j] ?? { name: `column_${j + 1}`, type: 'text' as const });
    const tall = Math.max(sheet.rows.length, row + block.length);
    const rows = Array.from({ length: tall }, (_, i) => columns.map((_c, j) => block[i - row]?.[j - column] ?? sheet.rows[i]?.[j] ?? null));
    give({ columns, rows });
  };
  return (
    <div className="mr-sheet" id={id}>
      <div className="mr-sheet-scroll">
        <table>
          <thead>
            <tr>
              {sheet.columns.map((c, j) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column's name is being typed; its place is its identity
                <th key={j}>
                  <input
                    aria-label={t('designer.sheet.name', { n: j + 1 })}
                    value={c.name}
                    onChange={(event) => setColumn(j, { name: event.target.value })}
                  />
                  <div className="mr-sheet-type">
                    <select
                      aria-label={t('designer.sheet.type', { name: c.name })}
                      value={c.type}
                      onChange={(event) => setColumn(j, { type: event.target.value as ColumnType })}
                    >
                      {TYPES.map((type) => (
                        <option key={type} value={type}>
                          {t(`designer.type.${type}`)}
                        </option>
                      ))}
                    </select>
                    <IconButton
                      icon="close"
                      label={t('designer.sheet.remove-column', { name: c.name })}
                      onClick={() =>
                        give({
                          columns: sheet.columns.filter((_c, at) => at !== j),
                          rows: sheet.rows.map((cells) => cells.filter((_cell, at) => at !== j)),
                        })
                      }
                    />
                  </div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sheet.rows.slice(0, MOST_ROWS).map((cells, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
              <tr key={i}>
                {sheet.columns.map((c, j) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <td key={j}>
                    <input
                      aria-label={t('designer.sheet.cell', { name: c.name, row: i + 1 })}
                      value={cells[j] ?? ''}
                      onChange={(event) => setCell(i, j, event.target.value)}
                      onPaste={(event) => paste(event, i, j)}
                    />
                  </td>
                ))}
                <td>
                  <IconButton
                    icon="close"
                    label={t('designer.sheet.remove-row', { row: i + 1 })}
                    onClick={() => give({ ...sheet, rows: sheet.rows.filter((_r, at) => at !== i) })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sheet.rows.length > MOST_ROWS ? (
        <p className="mr-dim">{t('designer.sheet.more', { count: sheet.rows.length - MOST_ROWS })}</p>
      ) : null}
      <div className="mr-sheet-buttons">
        <Button icon="add" onClick={addRow} disabled={sheet.columns.length === 0}>
          {t('designer.sheet.add-row')}
        </Button>
        <Button icon="add" onClick={addColumn}>
          {t('designer.sheet.add-column')}
        </Button>
      </div>
    </div>
  );
}
