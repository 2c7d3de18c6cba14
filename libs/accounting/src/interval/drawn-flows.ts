/** What declared flows take back in each draw: the drawn lines of their ends are rolled up as the account was. */
import { assert } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import { type Account, type AccountLine, unassignedType } from '../account/account';
import { endsOfFlows, flowsIn, type FlowTree, rollUpLines } from '../flow/roll-up-lines';
import { IntervalOverFlows } from './errors';

/** A line as it was drawn; one number for each draw of the run. */
export interface FollowedLine {
  readonly line: AccountLine;
  readonly quantities: Float64Array;
  readonly fens: BigInt64Array;
}

/** Lines × draws that are kept at most. */
const mostKept = 5_000_000;

type FollowedPart = Pick<Account, 'territory' | 'period'> & { readonly norm: NormEdition };

export class DrawnFlows {
  private readonly ends: ReadonlySet<string>;
  private readonly services: ReadonlySet<string>;
  private readonly parts = new Map<string, readonly FollowedLine[]>();
  private first: FollowedPart | undefined;
  private lines = 0;

  /** @param draws of all runs */
  constructor(
    private readonly tree: FlowTree,
    private readonly draws: number,
  ) {
    this.ends = endsOfFlows(tree);
    this.services = new Set(flowsIn(tree).map(({ service }) => service));
  }

  /** True for lines that bear on what is taken back. */
  follows(territory: string, { service }: Pick<AccountLine, 'service'>): boolean {
    return this.ends.has(territory) && this.services.has(service);
  }

  /** @throws IntervalOverFlows */
  add(part: FollowedPart, lines: readonly FollowedLine[]): void {
    this.first ??= part;
    this.lines += lines.length;
    if (this.lines * this.draws > mostKept)
      throw new IntervalOverFlows(this.tree.territory, part.period, this.lines * this.draws, mostKept);
    this.parts.set(part.territory, lines);
  }

  /** At the values of the norm. */
  undrawn(): readonly AccountLine[] {
    return this.rolledUp(({ line }) => line);
  }

  /** Adds what is taken back in each draw to the columns of the outputs it belongs to. */
  enter(outputs: ReadonlyMap<string, BigInt64Array>): void {
    const all = [...this.parts.values()].flat();
    const usual = this.undrawn();
    const count = outputs.get('total')!.length;
    for (let draw = 0; draw < count; draw++) {
      const isUsual = all.every(
        ({ line, quantities, fens }) => quantities[draw] === line.quantity && fens[draw] === line.valueFen,
      );
      const lines = isUsual
        ? usual
        : this.rolledUp(({ line, quantities, fens }) => {
            return { ...line, quantity: quantities[draw], valueFen: fens[draw] };
          });
      for (const { category, service, type, valueFen } of lines) {
        for (const name of ['total', `category ${category}`, `service ${service}`, `type ${type ?? unassignedType}`])
          outputs.get(name)![draw] += valueFen;
      }
    }
  }

  private rolledUp(drawn: (line: FollowedLine) => AccountLine): readonly AccountLine[] {
    assert(this.first, 'no part of the account was drawn');
    const { norm, period } = this.first;
    const observed = new Map([...this.parts].map(([territory, lines]) => [territory, lines.map(drawn)]));
    return rollUpLines(this.tree, { period, norm, observed }).filter(({ flow }) => flow !== undefined);
  }
}
