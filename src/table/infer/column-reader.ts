/** Settles one column's type: the first block picks the narrowest builder that takes every cell; a later misfit asks for another pass. */
import type { ColumnType, DateOrder } from '../../kind/schema.ts';
import type { Block } from './block.ts';
import { type Builder, type BuildSettings, isDateMode, type Mode } from './builder.ts';
import { LabelBuilder } from './label-builder.ts';
import { BooleanBuilder, DateBuilder, NumberBuilder } from './value-builders.ts';

const CHAIN: readonly Mode[] = ['number', 'other-number', 'boolean', 'month-first', 'day-first', 'label'];

export class ColumnReader {
  builder: Builder | undefined;
  /** The mode that the next pass must use, once this pass has failed. */
  retry: Mode | undefined;

  constructor(
    readonly index: number,
    readonly settings: BuildSettings,
    readonly type: ColumnType | undefined,
    private dateOrder: DateOrder | undefined,
    readonly modes: readonly Mode[] = CHAIN,
  ) {
    if (type !== undefined && (type !== 'datetime' || dateOrder !== undefined)) this.builder = this.#forced(type);
  }

  #forced(type: ColumnType): Builder {
    switch (type) {
      case 'number':
        return new NumberBuilder(this.settings);
      case 'integer':
        return new NumberBuilder(this.settings, true);
      case 'boolean':
        return new BooleanBuilder(this.settings);
      case 'datetime':
        return new DateBuilder(this.settings, this.dateOrder ?? 'month-first');
      default:
        return new LabelBuilder(this.settings, type);
    }
  }
  #make(mode: Mode): Builder {
    if (mode === 'number' || mode === 'other-number') return new NumberBuilder(this.settings, false, mode);
    if (mode === 'boolean') return new BooleanBuilder(this.settings);
    if (isDateMode(mode)) return new DateBuilder(this.settings, mode);
    return new LabelBuilder(this.settings);
  }

  #modes(after: Mode | undefined): Mode[] {
    return this.modes
      .slice(after === undefined ? 0 : this.modes.indexOf(after) + 1)
      .filter((mode) => !isDateMode(mode) || this.dateOrder === undefined || mode === this.dateOrder);
  }
  /** First mode after `after` whose builder takes the block's cells. */
  #choose(block: Block, after: Mode | undefined): Builder {
    for (const mode of this.#modes(after)) {
      const builder = this.#make(mode);
      if (builder.add(block, this.index)) return builder;
    }
    throw new Error('labels take every cell');
  }

  /** Values of one kind were seen and this block holds others: only the other decimal sign can still take all, else they are labels. */
  #afterAll(block: Block, mode: Mode): Mode {
    return mode === 'number' && this.#make('other-number').add(block, this.index) ? 'other-number' : 'label';
  }

  /** A date type set without an order: the one that reads more of the first block. */
  #likelierOrder(block: Block): Builder {
    const [month, day] = (['month-first', 'day-first'] as const).map((order) => new DateBuilder(this.settings, order));
    for (const builder of [month, day]) builder.add(block, this.index);
    return day.unfit.count < month.unfit.count ? day : month;
  }

  add(block: Block): void {
    if (this.retry !== undefined) return;
    if (!this.builder) this.builder = this.type === 'datetime' ? this.#likelierOrder(block) : this.#choose(block, undefined);
    else if (!this.builder.add(block, this.index)) {
      const { mode, seen } = this.builder;
      this.retry = seen > 0 && mode !== 'month-first' ? this.#afterAll(block, mode) : this.#choose(block, mode).mode;
      this.builder = undefined;
    }
  }
  /** A builder without rows, for a table that has none. */
  empty(): Builder {
    return this.type === undefined ? this.#make('number') : this.#forced(this.type);
  }
  /** Before another pass; true when this column needs it. */
  restart(): boolean {
    const { builder } = this;
    // The other decimal sign never stood there as one: points between groups of digits may be an address, too.
    if (builder instanceof NumberBuilder && builder.mode === 'other-number' && builder.fractions.count === 0) this.retry = 'label';
    if (this.retry === undefined) return false;
    this.builder = this.type === undefined ? this.#make(this.retry) : this.#forced(this.type);
    this.retry = undefined;
    return true;
  }
  /** Reads the dates the other way round on the next pass. */
  reverse(order: DateOrder): void {
    this.dateOrder = order;
    this.retry = order;
  }
}
