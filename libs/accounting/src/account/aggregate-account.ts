/** Adds the accounts of children into the account of the territory above them. */
import { assert, digestOfValue, sumFen, sumInOrder, weakerGrade } from '@gep/kernel';
import { Account, AccountLine } from './account';
import { completeness } from './completeness';
import { DigestNorm } from './digest-account';
import { compareCodes, compareLinesBy, lineKey, LineOrder } from './line-order';
import { sealAccount } from './seal-account';

/** The territory that is added up. */
export interface AggregateTarget {
  readonly territory: string;
  readonly period: string;
  readonly norm: LineOrder & DigestNorm & { readonly id: string; readonly edition: string };
  /** How many children the tree has at the end of the period. */
  readonly expectedChildren: number;
  /** What declared flows between its parts take back; nothing when absent. */
  readonly eliminated?: EliminatedFlows;
}

/** Declared flows whose two ends lie in different children, and the lines that take back what they say is counted twice. */
export interface EliminatedFlows {
  /** Ids of the declarations in force, also of those that take nothing back. */
  readonly flows: readonly string[];
  readonly lines: readonly AccountLine[];
}

/**
 * Lines are added by service × type × item: quantities in code order of the children with compensation, fen exactly.
 * A price or γ is shown only when all children have the same. What declared flows take back stands in lines of its own. The
 * digest of its observation is that of its children and flows, so an aggregate changes when, and only when, they do.
 * @throws BrokenInvariant when a child belongs to another period or edition
 */
export function aggregateAccounts(target: AggregateTarget, children: readonly Account[]): Account {
  const sorted = [...children].sort((a, b) => compareCodes(a.territory, b.territory));
  sorted.forEach((child, position) => {
    const fits = child.period === target.period && child.norm.edition === target.norm.edition;
    assert(fits, `${child.territory} is not of period ${target.period} and edition ${target.norm.edition}`);
    assert(position === 0 || sorted[position - 1].territory !== child.territory, `${child.territory} is given twice`);
  });
  const parts = sorted.map(({ territory, digest }) => ({ territory, digest }));
  return sealAccount(
    {
      territory: target.territory,
      period: target.period,
      norm: { id: target.norm.id, edition: target.norm.edition },
      observationDigest: digestOfChildren(parts, target.expectedChildren, target.eliminated?.flows),
      origin: 'aggregated',
      lines: [...addLines(sorted), ...(target.eliminated?.lines ?? [])].sort(compareLinesBy(target.norm)),
      areaByType: addAreas(sorted, target.norm),
      areaUnit: sorted[0]?.areaUnit ?? 'hm2',
      baseSums: null,
      coverage: {
        present: sorted.length,
        expected: target.expectedChildren,
        ...completeness(
          sorted.reduce((sum, { coverage }) => sum + (coverage.refusedRows ?? 0), 0),
          sorted.length < target.expectedChildren || sorted.some(({ coverage }) => !coverage.complete),
        ),
      },
      children: parts,
    },
    target.norm,
  );
}

/**
 * What stands for the observation of an aggregate: which children it has, with what content, out of how many, and which
 * declared flows between them hold.
 */
export function digestOfChildren(
  children: readonly { territory: string; digest: string }[],
  expectedChildren: number,
  flows: readonly string[] = [],
): string {
  const sorted = [...children].sort((a, b) => compareCodes(a.territory, b.territory));
  return digestOfValue([
    expectedChildren,
    sorted.map(({ territory, digest }) => [territory, digest]),
    ...(flows.length > 0 ? [[...flows].sort(compareCodes)] : []),
  ]);
}

/** Lines of children by service × type × item × flow. @param children in code order */
export function addLines(children: readonly Pick<Account, 'lines'>[]): AccountLine[] {
  const byKey = new Map<string, AccountLine[]>();
  for (const child of children) {
    for (const line of child.lines) {
      const key = lineKey(line);
      const same = byKey.get(key);
      if (same) same.push(line);
      else byKey.set(key, [line]);
    }
  }
  return [...byKey.values()].map(addSameLines);
}

function addSameLines(lines: readonly AccountLine[]): AccountLine {
  const [first] = lines;
  const uniform = <K extends 'price' | 'gamma'>(field: K): AccountLine[K] | null =>
    lines.every((line) => line[field] === first[field]) ? first[field] : null;
  for (const line of lines) {
    const sameUnits = line.unit === first.unit && line.priceUnit === first.priceUnit;
    assert(sameUnits, `units of ${first.service} differ between children of one edition`);
  }
  return {
    ...first,
    quantity: sumInOrder(lines.map((line) => line.quantity)),
    supplied: lines.some(({ supplied }) => supplied !== null)
      ? sumInOrder(lines.map(({ supplied, quantity }) => supplied ?? quantity))
      : null,
    price: uniform('price'),
    gamma: uniform('gamma'),
    valueFen: sumFen(lines.map((line) => line.valueFen)),
    grade: lines.map((line) => line.grade).reduce(weakerGrade),
  };
}

function addAreas(children: readonly Account[], order: LineOrder): Record<string, number> {
  const listed = order.types.map(({ code }) => code);
  const present = new Set(children.flatMap((child) => Object.keys(child.areaByType)));
  const types = [...listed.filter((type) => present.has(type)), ...[...present].filter((t) => !listed.includes(t))];
  return Object.fromEntries(
    types.map((type) => [type, sumInOrder(children.map((child) => child.areaByType[type] ?? 0))]),
  );
}
