/** Makes the account of a successor from those of its predecessors, whole or in shares, so that nothing is lost or told twice. */
import { allocate, digestOfValue, Fraction, sumFen, sumInOrder } from '@gep/kernel';
import type { Account, AccountChild, AccountLine, ChildDivision } from '../account/account';
import { aggregateAccounts, digestOfChildren, type AggregateTarget } from '../account/aggregate-account';
import { sealAccount } from '../account/seal-account';
import { divideAccount } from '../division/divide-account';
import { shareOfPart, type CarriedPart, type CarriedShare } from './carried-parts';

/** Parts of an account that goes into another one: one for each way in which it does. */
type Ways = readonly Pick<CarriedPart, 'shares'>[];

/**
 * Accounts that go in as a whole are added; of the others, exact shares are added. Over all successors of a split the lines
 * (service × type × item), areas, totals and refused rows sum to those of the account that was divided, fen exactly.
 * @param target `expectedChildren` counts the territories among the parts
 * @param parts all parts of the successor that have an account
 * @param accounts the accounts of these parts, each once
 */
export function carryAccount(
  target: AggregateTarget,
  parts: readonly CarriedPart[],
  accounts: readonly Account[],
): Account {
  const waysOf = ({ territory }: AccountChild): Ways => parts.filter((part) => part.territory === territory);
  const added = aggregateAccounts(
    target,
    accounts.map((account) => ({ ...account, ...partOf(account, waysOf(account)) })),
  );
  if (parts.every(({ shares }) => shares.length === 0)) return added;
  const { totals: _totals, grade: _grade, digest: _digest, ...account } = added;
  const children = account.children.map((child): AccountChild => {
    const division = waysOf(child)
      .filter(({ shares }) => shares.length > 0)
      .map(divisionOf);
    return { ...child, ...(division.length > 0 && { division }) };
  });
  const observationDigest = digestOfCarried(parts, accounts, target);
  return sealAccount({ ...account, origin: 'divided', observationDigest, children }, target.norm);
}

/** What stands for the observation of a carried account: that of its children, and of what was divided by which shares. */
export function digestOfCarried(
  parts: readonly CarriedPart[],
  accounts: readonly AccountChild[],
  { expectedChildren, eliminated }: Pick<AggregateTarget, 'expectedChildren' | 'eliminated'>,
): string {
  const children = accounts.map(({ territory, digest }) => ({ territory, digest }));
  const digest = digestOfChildren(children, expectedChildren, eliminated?.flows);
  const divided = parts.filter(({ shares }) => shares.length > 0);
  if (divided.length === 0) return digest;
  return digestOfValue([
    digest,
    divided.map(({ territory, shares }) => [territory, ...shares.map(textOfShare)]).sort(),
  ]);
}

const textOfShare = ({ successor, rows }: CarriedShare): string =>
  JSON.stringify([
    ...[rows[0].effective, successor],
    rows.map((row) => [
      ...[row.successor, row.share.toString()],
      Object.entries(row.shareByType ?? {}).map(([type, share]) => [type, share.toString()]),
    ]),
  ]);

/** What of an account goes in by all ways together. */
function partOf(account: Account, ways: Ways): Partial<Account> {
  if (ways.every(({ shares }) => shares.length === 0)) return {};
  const parts = ways.map(({ shares }) => shares.reduce(takeShare, account));
  const { refusedRows, ...coverage } = account.coverage;
  const rows = parts.reduce((sum, part) => sum + (part.coverage.refusedRows ?? 0), 0);
  return {
    lines: account.lines.map((line, at) =>
      addUp(
        line,
        parts.map(({ lines }) => lines[at]),
      ),
    ),
    areaByType: Object.fromEntries(
      Object.keys(account.areaByType).map((type) => [type, sumInOrder(parts.map((part) => part.areaByType[type]))]),
    ),
    coverage: { ...coverage, ...(rows > 0 && { refusedRows: rows }) },
  };
}

function takeShare(account: Account, { successor, rows }: CarriedShare): Account {
  const sharing = rows.map(({ successor: code, share, shareByType }) => ({ code, share, shareByType }));
  const { lines, areaByType } = divideAccount(account, sharing).find(({ territory }) => territory === successor)!;
  const weights = sharing.map(({ code, share: weight }) => ({ code, weight }));
  const refusedRows = Number(allocate(BigInt(account.coverage.refusedRows ?? 0), weights).get(successor)!);
  return { ...account, lines, areaByType, coverage: { ...account.coverage, refusedRows } };
}

function addUp(line: AccountLine, parts: readonly AccountLine[]): AccountLine {
  return {
    ...line,
    quantity: sumInOrder(parts.map(({ quantity }) => quantity)),
    supplied: line.supplied === null ? null : sumInOrder(parts.map(({ supplied }) => supplied!)),
    valueFen: sumFen(parts.map(({ valueFen }) => valueFen)),
  };
}

function divisionOf(way: Pick<CarriedPart, 'shares'>): ChildDivision {
  const steps = way.shares.map(({ successor, rows }) => {
    const row = rows.find((one) => one.successor === successor)!;
    const { effective, predecessor: from, basis, share, shareByType } = row;
    return {
      ...{ effective, from, to: successor, basis, share: share.toExactText() },
      ...(shareByType && {
        shareByType: Object.fromEntries(
          Object.entries(shareByType).map(([type, part]: [string, Fraction]) => [type, part.toExactText()]),
        ),
      }),
    };
  });
  return { share: shareOfPart(way).toExactText(), steps };
}
