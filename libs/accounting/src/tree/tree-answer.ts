/** What is told of the accounts of a parallel tree: every node with its totals, one with its lines and what they come from. */
import type { Bilingual, Fen } from '@gep/kernel';
import type { TreeEdition, TreeMembership } from '@gep/territory';
import type { Account, AccountLine, AccountTotals, Coverage } from '../account/account';
import type { NodeAccount } from './tree-account';
import type { UnitPart } from './unit-parts';

/** Why a row of membership decided nothing in this period. */
export type IdleReason = 'no-account' | 'overruled' | 'no-patch' | 'no-type';

export interface IdleMembership {
  readonly membership: TreeMembership;
  readonly reason: IdleReason;
}

/** Which vintage a figure comes from. */
export interface TreeVintage {
  readonly territory: string;
  readonly accountId: string;
  readonly vintage: number;
  readonly digest: string;
  readonly recordedAt: Date;
}

export interface ToldNode extends Omit<NodeAccount, 'account' | 'parts'> {
  readonly totals: AccountTotals;
  readonly areaByType: Readonly<Record<string, number>>;
  readonly areaUnit: string;
  readonly coverage: Coverage;
  readonly grade: Account['grade'];
}

export interface ToldPart extends Omit<UnitPart, 'account' | 'share' | 'unit'>, TreeVintage {
  /** Exact share of what has no ecosystem type; single lines and types have shares of their own. */
  readonly share: string;
  readonly totalFen: Fen;
  readonly areaByType: Readonly<Record<string, number>>;
}

export interface TreeAnswer {
  readonly tree: TreeEdition;
  readonly period: string;
  readonly norm: { readonly id: string; readonly edition: string };
  /** False when the reader sees a part of what the tree covers only; `scope` then says which. */
  readonly whole: boolean;
  readonly scope: Bilingual;
  /** The administrative accounts that were divided; the root is their sum to the fen. */
  readonly divided: readonly (TreeVintage & { readonly totalFen: Fen; readonly coverage: Coverage })[];
  readonly nodes: readonly ToldNode[];
  readonly node: ToldNode & { readonly lines: readonly AccountLine[]; readonly parts: readonly ToldPart[] };
  /** Rows of the tree that decided nothing, at most `mostIdle` of them. */
  readonly idle: readonly {
    readonly unit: string;
    readonly node: string;
    readonly patch: string | null;
    readonly type: string | null;
    readonly reason: IdleReason;
  }[];
  readonly idleCount: number;
}

const mostIdle = 100;

interface RecordedVintage extends Omit<TreeVintage, 'accountId'> {
  readonly id: string;
}

/** What an answer is made of. */
export interface AnsweredTree extends Pick<TreeAnswer, 'tree' | 'period' | 'norm' | 'whole'> {
  /** The accounts that were divided, by path: the one of what the tree covers, or those of the reader's own territories. */
  readonly divided: readonly (RecordedVintage & Pick<Account, 'totals' | 'coverage'>)[];
  /** The root first; each node before those below it. */
  readonly nodes: readonly NodeAccount[];
  /** The one that was asked for. */
  readonly node: NodeAccount;
  /** The vintage of every unit that a part comes from. */
  readonly units: ReadonlyMap<string, RecordedVintage>;
  /** Rows about territories that the reader may see which decided nothing. */
  readonly idle: readonly IdleMembership[];
}

/** Nothing is computed here: figures are those of the accounts. */
export function tellTree(tree: AnsweredTree): TreeAnswer {
  const { node, divided, idle } = tree;
  const places = divided.map(({ territory }) => territory);
  const vintage = ({ id, territory, vintage, digest, recordedAt }: RecordedVintage): TreeVintage => ({
    ...{ territory, accountId: id, vintage, digest, recordedAt },
  });
  return {
    tree: tree.tree,
    period: tree.period,
    norm: { id: tree.norm.id, edition: tree.norm.edition },
    whole: tree.whole,
    scope: tree.whole
      ? { zh: `覆盖 ${tree.tree.covers} 全域`, en: `all of ${tree.tree.covers}` }
      : {
          zh: `只含您可见的地域 ${places.join('、')} 在各节点中的部分；树覆盖 ${tree.tree.covers}，其余不在内`,
          en: `only what of ${places.join(', ')}, which you may see, lies in each node; the tree covers ${tree.tree.covers}, the rest is not in it`,
        },
    divided: divided.map((one) => ({ ...vintage(one), totalFen: one.totals.totalFen, coverage: one.coverage })),
    nodes: tree.nodes.map(tellNode),
    node: {
      ...tellNode(node),
      lines: node.account.lines,
      parts: node.parts.map(({ unit, account, share, ...part }) => ({
        ...part,
        ...vintage(tree.units.get(unit)!),
        share: share.toExactText(),
        totalFen: account.totals.totalFen,
        areaByType: account.areaByType,
      })),
    },
    idle: idle.slice(0, mostIdle).map(({ membership: { unit, node: of, patch, type }, reason }) => ({
      ...{ unit, node: of, patch, type, reason },
    })),
    idleCount: idle.length,
  };
}

function tellNode({ account, parts: _parts, ...named }: NodeAccount): ToldNode {
  const { totals, areaByType, areaUnit, coverage, grade } = account;
  return { ...named, totals, areaByType, areaUnit, coverage, grade };
}
