/** Tells which declared flows recorded aggregates of a norm and period were computed with. */
import type { Account, AccountChild } from '../account/account';
import { digestOfChildren } from '../account/aggregate-account';
import type { PlacedFlow, RecordedFlow } from './declared-flow';

/** An account with the children that it was added up from, as they are recorded. */
export interface AddedAccount {
  readonly record: Pick<Account, 'coverage' | 'observationDigest'> & {
    readonly path: string;
    readonly recordedAt: Date;
  };
  readonly children: readonly AccountChild[];
}

/** The flows of a norm by the path of the territory where they are taken back, also those that have been withdrawn. */
export class KnownFlows {
  private readonly ids: ReadonlySet<string>;

  constructor(private readonly held: ReadonlyMap<string, readonly PlacedFlow<RecordedFlow>[]>) {
    this.ids = new Set([...held.values()].flatMap((flows) => flows.map(({ flow }) => flow.id)));
  }

  get areNone(): boolean {
    return this.held.size === 0;
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  /** Those of a place that are among some. */
  at({ path }: { readonly path: string }, among: ReadonlySet<string>): readonly PlacedFlow<RecordedFlow>[] {
    return (this.held.get(path) ?? []).filter(({ flow }) => among.has(flow.id));
  }

  /** Those that stand, or stood when it was recorded, whichever its digest was made with; undefined when neither was. */
  of({ record, children }: AddedAccount): readonly PlacedFlow<RecordedFlow>[] | undefined {
    const held = this.held.get(record.path) ?? [];
    const then = record.recordedAt;
    const fits = (flows: readonly PlacedFlow[]): boolean => {
      const ids = flows.map(({ flow }) => flow.id);
      return digestOfChildren(children, record.coverage.expected, ids) === record.observationDigest;
    };
    return [
      held.filter(({ flow }) => !flow.withdrawn),
      held.filter(({ flow }) => flow.at <= then && !(flow.withdrawn && flow.withdrawn.at <= then)),
    ].find(fits);
  }
}
