/** Decides what a merge, split or change of name ends and begins in the dated tree, and what it records. */
import { Fraction } from '@gep/kernel';
import type { Closing } from '../plan-versions';
import { levelOfCode, type Territory } from '../territory';
import { pathBelow } from '../territory-path';
import { SuccessionRefused } from './errors';
import type { ShareBasis, Succession, SuccessionKind, SuccessorShare } from './succession';

/** A territory that begins or goes on; without a name it goes on as it is. */
export interface SuccessorTerritory {
  readonly code: string;
  readonly nameZh?: string;
  readonly nameEn?: string;
}

/** What is to be recorded. */
export interface SuccessionChange {
  readonly kind: SuccessionKind;
  /** First day of the successors, `YYYY-MM-DD`. */
  readonly effective: string;
  readonly predecessors: readonly string[];
  readonly successors: readonly SuccessorTerritory[];
  /** Of a split, what goes to each successor. */
  readonly shares?: readonly SuccessorShare[];
  readonly basis: ShareBasis;
  /** Of a split, the successor of each territory directly below; the others stay where they are. */
  readonly children?: ReadonlyMap<string, string>;
  readonly source: string;
  /** False: what was recorded of the predecessors is left behind. */
  readonly carries?: boolean;
}

export interface PlannedSuccession {
  readonly closed: readonly Closing[];
  /** Parents before children. */
  readonly added: readonly Territory[];
  readonly succession: readonly Succession[];
}

/**
 * What of the tree ends the day before `effective` and what begins on it. A predecessor that goes on under its code and name
 * keeps its row; what lies below one that ends goes on below the successor, with a row of its own from that day.
 * @param subtrees versions of the predecessors and of all below them that hold on `effective` or later
 * @param standing versions of the successors that hold on `effective` or later
 * @throws SuccessionRefused
 */
export function planSuccession(
  change: SuccessionChange,
  subtrees: readonly Territory[],
  standing: readonly Territory[],
): PlannedSuccession {
  const { effective, predecessors, successors, source } = change;
  const refuse = (zh: string, en: string): SuccessionRefused =>
    new SuccessionRefused(predecessors.join(', '), effective, { zh, en });
  const roots = checkedRoots(change, subtrees, refuse);
  const closed: Closing[] = [];
  const added: Territory[] = [];
  const restate = (row: Territory, more: Partial<Territory>): void => {
    if (row.code === (more.code ?? row.code))
      closed.push({ code: row.code, validFrom: row.validFrom, validTo: effective });
    added.push({ ...row, ...more, validFrom: effective, source });
  };
  for (const { code, nameZh, nameEn } of successors) {
    const [first] = roots;
    const own = roots.find((root) => root.code === code);
    if (levelOfCode(code) !== first.level) {
      throw refuse(`${code} 与 ${first.code} 层级不同`, `${code} is not of the level of ${first.code}`);
    }
    if (!own && standing.some((row) => row.code === code)) {
      throw refuse(
        `${code} 当日或之后已有登记；请换代码或日期`,
        `${code} is recorded on or after that day; take another code or day`,
      );
    }
    if (!own && nameZh === undefined) throw refuse(`新设的 ${code} 须有名称`, `${code} is new and needs a name`);
    if (own && (nameZh === undefined || nameZh === own.nameZh) && nameEn === undefined) continue;
    const above = first.path.includes('.') ? first.path.slice(0, first.path.lastIndexOf('.')) : null;
    const nameZhNow = nameZh ?? own!.nameZh;
    restate(own ?? first, {
      code,
      nameZh: nameZhNow,
      nameEn: nameEn ?? (nameZh === undefined ? own!.nameEn : null),
      path: pathBelow(above, code),
    });
  }
  for (const root of roots) {
    if (!successors.some(({ code }) => code === root.code)) {
      closed.push({ code: root.code, validFrom: root.validFrom, validTo: effective });
    }
    moveDescendants(change, root, subtrees, restate, refuse);
  }
  const depth = ({ path }: Territory): number => path.split('.').length;
  return { closed, added: added.sort((a, b) => depth(a) - depth(b)), succession: recordsOf(change) };
}

/** True when each successor has a share and nobody else has. */
function shareAll(successors: readonly SuccessorTerritory[], shares: readonly SuccessorShare[] = []): boolean {
  const sharing = new Set(shares.map(({ successor }) => successor));
  return sharing.size === successors.length && successors.every(({ code }) => sharing.has(code));
}

type Refuse = (zh: string, en: string) => SuccessionRefused;

/** Restates what lies below a predecessor and goes to a successor of another code. */
function moveDescendants(
  change: SuccessionChange,
  root: Territory,
  subtrees: readonly Territory[],
  restate: (row: Territory, more: Partial<Territory>) => void,
  refuse: Refuse,
): void {
  for (const child of subtrees.filter(({ parentCode }) => parentCode === root.code)) {
    const heir = heirOf(child, root, change);
    if (heir === root.code) continue;
    if (heir === undefined || !change.successors.some(({ code }) => code === heir)) {
      throw refuse(`请指明下级 ${child.code} 归入哪个后继`, `say which successor ${child.code} below it goes to`);
    }
    if (child.level === 'site') {
      throw refuse(
        `地块 ${child.code} 的代码以 ${root.code} 开头，不能改属；请先终止它并以新代码登记`,
        `the site ${child.code} has a code that begins with ${root.code} and cannot move; end it first and record it under a new code`,
      );
    }
    const path = pathBelow(pathOfHeir(root, heir), child.code);
    restate(child, { parentCode: heir, path });
    for (const below of subtrees.filter((row) => row.path.startsWith(`${child.path}.`))) {
      restate(below, { path: path + below.path.slice(child.path.length) });
    }
  }
}

/** The rows of the predecessors, when the change fits the tree as it is recorded. */
function checkedRoots(
  { kind, effective, predecessors, successors, shares }: SuccessionChange,
  subtrees: readonly Territory[],
  refuse: Refuse,
): Territory[] {
  const single = (list: readonly unknown[]): boolean => list.length === 1;
  const fits = {
    merge: !single(predecessors) && single(successors),
    split: single(predecessors) && successors.length > 1 && shareAll(successors, shares),
    rename: single(predecessors) && single(successors),
  }[kind];
  const twice = (codes: readonly string[]): boolean => new Set(codes).size !== codes.length;
  if (!fits || twice(predecessors) || twice(successors.map(({ code }) => code))) {
    throw refuse(
      '合并须有两个以上前身和一个后继，拆分须有一个前身和两个以上后继并各有份额，更名各一个，且不得重复',
      'a merge has two or more predecessors and one successor, a split one and two or more with a share each, a change of name one of each, none of them twice',
    );
  }
  const late = subtrees.find(({ validFrom, validTo }) => validFrom >= effective || validTo !== null);
  if (late) {
    throw refuse(
      `${late.code} 在当日或之后另有登记；请选更晚的日期`,
      `${late.code} is recorded to change on or after that day; take a later day`,
    );
  }
  const roots = predecessors.map((code) => subtrees.find((row) => row.code === code)!);
  const [first] = roots;
  const astray = roots.find((root) => root.parentCode !== first.parentCode || root.level !== first.level);
  if (astray) {
    throw refuse(
      `${astray.code} 与 ${first.code} 的上级或层级不同；请先调整隶属`,
      `${astray.code} has not the parent and level of ${first.code}; move it there first`,
    );
  }
  return roots;
}

function heirOf(
  child: Territory,
  root: Territory,
  { kind, successors, children }: SuccessionChange,
): string | undefined {
  if (kind !== 'split') return successors[0].code;
  return children?.get(child.code) ?? successors.find(({ code }) => code === root.code)?.code;
}

function pathOfHeir(root: Territory, heir: string): string {
  return pathBelow(root.path.includes('.') ? root.path.slice(0, root.path.lastIndexOf('.')) : null, heir);
}

function recordsOf({
  kind,
  effective,
  predecessors,
  successors,
  shares,
  basis,
  source,
  carries = true,
}: SuccessionChange): Succession[] {
  const parts = shares ?? successors.map(({ code }) => ({ successor: code, share: Fraction.one }));
  return predecessors.flatMap((predecessor) =>
    parts.map((part) => ({ ...part, effective, predecessor, kind, basis, source, carries })),
  );
}
