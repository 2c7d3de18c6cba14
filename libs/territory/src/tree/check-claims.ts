/** Finds land of a unit that two nodes claim, and shares that come to more than the whole. */
import { Fraction } from '@gep/kernel';
import type { TreeProblem } from './errors';
import type { Placed } from './read-tree';
import { basisOf, holdingOn, withoutType, type TreeMembership } from './tree';
import { problemAt } from './tree-columns';

type Claim = Placed<TreeMembership>;

/** Problems of all units, each row told at most once. */
export function checkClaims(membership: readonly Claim[]): TreeProblem[] {
  const units = new Map<string, Claim[]>();
  for (const claim of membership) {
    const own = units.get(claim.value.unit);
    if (own) own.push(claim);
    else units.set(claim.value.unit, [claim]);
  }
  return [...units.values()].flatMap(checkUnit);
}

function checkUnit(claims: readonly Claim[]): TreeProblem[] {
  const places = new Map(claims.map((claim) => [claim.value, claim]));
  const told = new Map<Claim, TreeProblem>();
  // Between the days on which rows begin nothing is added, so that nothing new can meet.
  for (const day of new Set(claims.map(({ value }) => value.validFrom))) {
    const then = holdingOn([...places.keys()], day).map((value) => places.get(value)!);
    for (const [claim, problem] of [...mixedClaims(then), ...patchClaims(then), ...shareClaims(then)])
      if (!told.has(claim)) told.set(claim, problem);
  }
  return [...told.values()];
}

type Found = [Claim, TreeProblem];

/** All of a unit beside anything else of it, and patches beside shares of the same land. */
function mixedClaims(claims: readonly Claim[]): Found[] {
  const whole = claims.find(({ value }) => basisOf(value) === 'whole');
  const other = whole && claims.find((claim) => claim !== whole);
  if (whole && other) {
    const [here, there] = claims.indexOf(whole) < claims.indexOf(other) ? [other, whole] : [whole, other];
    return [
      [
        here,
        problemAt(here.at, 'unit', here.value.unit, 'claim-overlap', {
          zh: `第 ${there.at.row} 行与本行争同一单元（${there.value.node}、${here.value.node}），其中一行要整个单元；请改为按图斑或份额，或删去一行`,
          en: `rows ${there.at.row} (${there.value.node}) and ${here.at.row} (${here.value.node}) claim the same unit, one of them all of it; say which patches or shares, or leave one out`,
        }),
      ],
    ];
  }
  const patch = claims.find(({ value }) => value.patch !== null);
  const share = claims.find(({ value }) => value.patch === null && value.type !== withoutType);
  if (whole || !patch || !share) return [];
  const here = claims.indexOf(patch) < claims.indexOf(share) ? share : patch;
  return [
    [
      here,
      problemAt(here.at, 'unit', here.value.unit, 'claim-mixed', {
        zh: `同一单元既按图斑又按类型份额，会重复归属；请只用一种（类型 ${withoutType} 的份额可与图斑并用）`,
        en: `the unit is divided by patches and by shares of types, which would claim land twice; use one of them (shares of the type ${withoutType} may stand beside patches)`,
      }),
    ],
  ];
}

const stemOf = (patch: string): string => (patch.endsWith('*') ? patch.slice(0, -1) : patch);

/** Patches of which one names what the other names as well. Sorted, a beginning stands before all that begins with it. */
function patchClaims(claims: readonly Claim[]): Found[] {
  const sorted = claims
    .filter(({ value }) => value.patch !== null)
    .sort((a, b) => {
      const [left, right] = [stemOf(a.value.patch!), stemOf(b.value.patch!)];
      if (left !== right) return left < right ? -1 : 1;
      return Number(b.value.patch!.endsWith('*')) - Number(a.value.patch!.endsWith('*'));
    });
  const found: Found[] = [];
  const open: Claim[] = [];
  let before: Claim | undefined;
  for (const claim of sorted) {
    const patch = claim.value.patch!;
    while (open.length > 0 && !patch.startsWith(stemOf(open.at(-1)!.value.patch!))) open.pop();
    const same = before?.value.patch === patch ? before : undefined;
    const rival = same ?? open.find(({ value }) => value.node !== claim.value.node);
    if (rival) {
      const [here, there] = claims.indexOf(rival) < claims.indexOf(claim) ? [claim, rival] : [rival, claim];
      found.push([
        here,
        problemAt(here.at, 'patch', here.value.patch!, 'claim-overlap', {
          zh: `第 ${there.at.row} 行的“${there.value.patch}”（${there.value.node}）与本行（${here.value.node}）争同一图斑；一个图斑只归一个节点，请改其一`,
          en: `row ${there.at.row} "${there.value.patch}" (${there.value.node}) and this row (${here.value.node}) claim the same patch; a patch belongs to one node, correct one of them`,
        }),
      ]);
    }
    if (patch.endsWith('*')) open.push(claim);
    before = claim;
  }
  return found;
}

/** Shares of one type that come to more than 1, and a node that has two shares of it. */
function shareClaims(claims: readonly Claim[]): Found[] {
  const found: Found[] = [];
  const sums = new Map<string, { sum: Fraction; nodes: Map<string, Claim> }>();
  for (const claim of claims) {
    const { type, node, share, unit } = claim.value;
    if (type === null) continue;
    const known = sums.get(type) ?? { sum: Fraction.zero, nodes: new Map<string, Claim>() };
    sums.set(type, known);
    const twice = known.nodes.get(node);
    known.nodes.set(node, claim);
    known.sum = known.sum.plus(share);
    if (twice) {
      const text = {
        zh: `${unit} 的类型 ${type} 在第 ${twice.at.row} 行已有 ${node} 的份额；请合成一行`,
        en: `row ${twice.at.row} has a share of ${type} of ${unit} for ${node} already; make it one row`,
      };
      found.push([claim, problemAt(claim.at, 'share', share.toExactText(), 'share-twice', text)]);
    } else if (known.sum.compare(Fraction.one) > 0) {
      const text = {
        zh: `${unit} 的类型 ${type} 的份额合计 ${known.sum.toExactText()}，超过 1；请改正（不足 1 的部分归其外）`,
        en: `the shares of ${type} of ${unit} sum to ${known.sum.toExactText()}, more than 1; correct them (what is left below 1 goes outside)`,
      };
      found.push([claim, problemAt(claim.at, 'share', share.toExactText(), 'shares-over-one', text)]);
    }
  }
  return found;
}
