/** Builders of number, boolean and date-time columns; what does not fit ends them, or is counted when the type is forced. */
import type { DateOrder } from '../../kind/schema.ts';
import { booleans, type Column, numeric } from '../column.ts';
import { parseDateBytes } from '../datetime.ts';
import type { Block } from './block.ts';
import { type Builder, type BuildSettings, type Marks, type Mode, mark, marks } from './builder.ts';
import { cut, roomy, roomyBytes } from './grow.ts';
import { ascii, LEADING_ZERO, NOT_NUMBER, NUMBER, otherSign, parseNumber, TOO_BIG } from './number.ts';
import { booleanWord } from './tokens.ts';
import { PERCENT, takeUnit } from './unit.ts';

const OPEN = 40;
const CLOSE = 41;
const PLUS = 43;
const MINUS = 45;

/** Shared: missing cells, missing tokens, and cells that a forced type cannot take. */
abstract class ValueBuilder {
  abstract readonly mode: Mode;
  seen = 0;
  length = 0;
  readonly tokens: Marks = marks();
  readonly unfit: Marks = marks();
  constructor(readonly settings: BuildSettings) {}

  /** Takes the cell into scratch, trimmed; true when it is empty or a missing token. */
  protected missing(block: Block, at: number, row: number): boolean {
    const { scratch, values } = this.settings;
    scratch.take(block, at);
    scratch.trim();
    if (scratch.start === scratch.end) return true;
    const token = values.find(scratch.bytes, scratch.start, scratch.end);
    if (token < 0) return false;
    mark(this.tokens, block.firstRow + row, values.texts[token]);
    return true;
  }
  /** Counts a cell that does not fit; false = give up. */
  protected misfit(block: Block, row: number): boolean {
    if (!this.settings.forced) return false;
    mark(this.unfit, block.firstRow + row, this.settings.scratch.text());
    return true;
  }
}

export class NumberBuilder extends ValueBuilder implements Builder {
  /** Every value is a whole number, however written: pandas writes 1.0 where a column of whole numbers has gaps. */
  whole = true;
  readonly grouped: Marks = marks();
  /** Cells with a decimal sign. */
  readonly fractions: Marks = marks();
  /** Cells that say "negative" by brackets, or by a minus behind. */
  readonly negatives: Marks = marks();
  /** Cells with a currency or percent sign, and the sign: one for the whole column. */
  readonly units: Marks = marks();
  unit: string | undefined;
  readonly #decimal: number;
  #values: Float64Array = new Float64Array(0);
  /** Missing-value texts that are numbers (-999), compared by value. */
  readonly #sentinels: number[];
  /** `integers` forced: fractions do not fit. */
  constructor(
    settings: BuildSettings,
    readonly integers = false,
    /** `other-number`: by the decimal sign that the rest of the file does not use. */
    readonly mode: 'number' | 'other-number' = 'number',
  ) {
    super(settings);
    this.#decimal = mode === 'number' ? settings.decimal : otherSign(settings.decimal);
    this.#sentinels = settings.values.texts
      .filter((text) => /^-?\d/.test(text))
      .map(Number)
      .filter(Number.isFinite);
  }

  add(block: Block, column: number): boolean {
    const { rows, stride, kernel } = block;
    this.#values = roomy(this.#values, this.length + rows, this.settings.rows);
    const values = this.#values;
    const base = this.length;
    const plain = kernel?.numbers(column, stride, rows, this.#decimal);
    let seen = 0;
    if (plain) {
      values.set(plain.values, base);
      seen = plain.seen;
      if (!plain.whole) this.whole = false;
      if (plain.fraction >= 0) {
        const at = plain.fraction * stride + column;
        mark(this.fractions, block.firstRow + plain.fraction, ascii(block.bytes, block.starts[at], block.ends[at]));
      }
    }
    const odd = plain?.odd.length ?? rows;
    for (let i = 0; i < odd; i++) {
      const row = plain ? plain.odd[i] : i;
      const value = this.#slow(block, row * stride + column, row);
      if (value === undefined) return false;
      values[base + row] = value;
      if (!Number.isNaN(value)) seen++;
    }
    if (plain && plain.fraction >= 0 && this.integers) seen -= this.#drop(block, this.unfit, (value) => !Number.isInteger(value));
    if (this.#sentinels.length > 0) seen -= this.#drop(block, this.tokens, (value) => this.#sentinels.includes(value));
    this.seen += seen;
    this.length += rows;
    // 5 beside 5 % may be a share or a percentage; an amount without its sign is still that amount.
    return this.settings.forced || this.unit !== PERCENT || this.units.count === this.seen;
  }

  /** Value of an unusual cell, NaN when missing, undefined to give up. */
  #slow(block: Block, at: number, row: number): number | undefined {
    if (this.missing(block, at, row)) return Number.NaN;
    const { scratch, forced } = this.settings;
    const out = scratch.number;
    let is = this.#parse();
    if (is === NOT_NUMBER) is = this.#withoutUnit(block, row);
    if (is === NOT_NUMBER) is = this.#asNegative(block, row);
    if (is === NUMBER || (forced && (is === LEADING_ZERO || (is === TOO_BIG && !this.integers)))) {
      if (!Number.isSafeInteger(out.value)) this.whole = false;
      if (out.grouped) mark(this.grouped, block.firstRow + row);
      if (out.fraction && this.fractions.count === 0) mark(this.fractions, block.firstRow + row, scratch.text());
      if (!this.integers || Number.isInteger(out.value)) return out.value;
    }
    return this.misfit(block, row) ? Number.NaN : undefined;
  }
  #parse(): number {
    const { scratch } = this.settings;
    return parseNumber(scratch.bytes, scratch.start, scratch.end, this.#decimal, scratch.number);
  }
  /** What the cell is without its sign; no number when the column has another one. */
  #withoutUnit(block: Block, row: number): number {
    const { scratch } = this.settings;
    const { bytes, start, end } = scratch;
    const unit = takeUnit(scratch);
    const is = unit !== undefined && (this.unit === undefined || unit === this.unit) ? this.#parse() : NOT_NUMBER;
    Object.assign(scratch, { bytes, start, end });
    if (is !== NUMBER) return NOT_NUMBER;
    this.unit = unit;
    mark(this.units, block.firstRow + row, this.units.samples.length < 2 ? scratch.text() : undefined);
    return is;
  }
  /** `(1,234.50)` of accountants and `12-` of some business software: the number without that, made negative. */
  #asNegative(block: Block, row: number): number {
    const { scratch } = this.settings;
    const { bytes, start, end } = scratch;
    const brackets = bytes[start] === OPEN && bytes[end - 1] === CLOSE;
    if (!brackets && bytes[end - 1] !== MINUS) return NOT_NUMBER;
    scratch.start = brackets ? start + 1 : start;
    scratch.end = end - 1;
    scratch.trim();
    const signed = scratch.bytes[scratch.start] === MINUS || scratch.bytes[scratch.start] === PLUS;
    let is = signed ? NOT_NUMBER : this.#parse();
    if (is === NOT_NUMBER && brackets) is = this.#withoutUnit(block, row);
    Object.assign(scratch, { bytes, start, end });
    if (is !== NUMBER || scratch.number.value < 0) return NOT_NUMBER;
    scratch.number.value = -scratch.number.value;
    mark(this.negatives, block.firstRow + row, this.negatives.samples.length < 2 ? scratch.text() : undefined);
    return is;
  }
  /** Makes the block's values for which `unwanted` holds missing, and marks them; answers how many. */
  #drop(block: Block, to: Marks, unwanted: (value: number) => boolean): number {
    let dropped = 0;
    for (let row = 0; row < block.rows; row++) {
      const value = this.#values[this.length + row];
      if (Number.isNaN(value) || !unwanted(value)) continue;
      mark(to, block.firstRow + row, String(value));
      this.#values[this.length + row] = Number.NaN;
      dropped++;
    }
    return dropped;
  }

  finish(): Column {
    const integer = this.integers || (this.whole && this.seen > 0 && !this.settings.forced);
    const values = cut(this.#values, this.length);
    this.#values = new Float64Array(0);
    return numeric(values, integer ? 'integer' : 'number');
  }
}

export class BooleanBuilder extends ValueBuilder implements Builder {
  readonly mode = 'boolean';
  #values: Uint8Array = new Uint8Array(0);
  constructor(settings: BuildSettings) {
    super(settings);
  }
  add(block: Block, column: number): boolean {
    const { stride, rows } = block;
    const { scratch, forced } = this.settings;
    this.#values = roomyBytes(this.#values, this.length + rows, this.settings.rows);
    for (let row = 0, at = column; row < rows; row++, at += stride) {
      let value = 2;
      if (!this.missing(block, at, row)) {
        const word = scratch.end - scratch.start > 5 ? -1 : booleanWord(scratch.text(), !forced);
        if (word >= 0) {
          value = word;
          this.seen++;
        } else if (!this.misfit(block, row)) return false;
      }
      this.#values[this.length + row] = value;
    }
    this.length += rows;
    return true;
  }
  finish(): Column {
    const values = cut(this.#values, this.length);
    this.#values = new Uint8Array(0);
    return booleans(values);
  }
}

export class DateBuilder extends ValueBuilder implements Builder {
  /** Dates that read either way round, with a sample: neither number is above 12. */
  readonly ambiguous: Marks = marks();
  /** Dates that only this order can read. */
  decided = 0;
  #values: Float64Array = new Float64Array(0);
  constructor(
    settings: BuildSettings,
    readonly mode: DateOrder,
  ) {
    super(settings);
  }
  add(block: Block, column: number): boolean {
    const { stride, rows, kernel } = block;
    const { scratch } = this.settings;
    this.#values = roomy(this.#values, this.length + rows, this.settings.rows);
    const plain = kernel?.dates(column, stride, rows);
    if (plain) {
      this.#values.set(plain.values, this.length);
      this.seen += plain.seen;
    }
    const odd = plain?.odd.length ?? rows;
    for (let i = 0; i < odd; i++) {
      const row = plain ? plain.odd[i] : i;
      let value = Number.NaN;
      if (!this.missing(block, row * stride + column, row)) {
        value = parseDateBytes(scratch.bytes, scratch.start, scratch.end, this.mode);
        if (!Number.isNaN(value)) {
          this.seen++;
          if (scratch.bytes[scratch.start + 1] < 48 || scratch.bytes[scratch.start + 2] < 48) this.#judge(block.firstRow + row, value);
        } else if (!this.misfit(block, row)) return false;
      }
      this.#values[this.length + row] = value;
    }
    this.length += rows;
    return true;
  }
  /** Called for dates that begin with one or two digits. */
  #judge(row: number, value: number): void {
    const { scratch } = this.settings;
    const other = parseDateBytes(scratch.bytes, scratch.start, scratch.end, this.mode === 'day-first' ? 'month-first' : 'day-first');
    if (Number.isNaN(other)) this.decided++;
    else if (other !== value) mark(this.ambiguous, row, this.ambiguous.count < 3 ? scratch.text() : undefined);
  }
  /** The order, where the other one would have read these dates otherwise or not at all. */
  get order(): DateOrder | undefined {
    return this.decided > 0 || this.ambiguous.count > 0 ? this.mode : undefined;
  }
  finish(): Column {
    const values = cut(this.#values, this.length);
    this.#values = new Float64Array(0);
    return numeric(values, 'datetime');
  }
}

/** What a guess says of the order of the dates that a builder read. */
export const orderOf = (builder: Builder): { dateOrder?: DateOrder } => {
  const order = builder instanceof DateBuilder ? builder.order : undefined;
  return order ? { dateOrder: order } : {};
};
