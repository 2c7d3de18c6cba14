/** What a bridge over recorded accounts refuses, and how to mend it. */
import { DomainError } from '@gep/kernel';

/** More is below the account than one answer may compute under two norms. */
export class BridgeTooWide extends DomainError {
  readonly code = 'accounting.bridge-too-wide';
  readonly kind = 'too-much';
  constructor(territory: string, period: string, most: { readonly parts: number } | { readonly patches: number }) {
    const of =
      'parts' in most
        ? { zh: `${most.parts} 个有观测的账户`, en: `${most.parts} observed accounts` }
        : { zh: `${most.patches} 个图斑`, en: `${most.patches} patches` };
    super(
      {
        zh: `${territory} ${period} 之下超过 ${of.zh}，不能一次比较两套规范；请逐个比较其下级，再相加（各步可直接相加）`,
        en: `${territory} ${period} has more than ${of.en} below it, too many to bridge at once; bridge its children one by one and add the steps, which sum exactly`,
      },
      { territory, period, ...most },
    );
  }
}

/** Others are being computed. */
export class BridgesBusy extends DomainError {
  readonly code = 'accounting.bridges-busy';
  readonly kind = 'too-much';
  constructor(most: number) {
    super(
      {
        zh: `正在比较的规范已有 ${most} 组；请稍后再试`,
        en: `${most} pairs of norms are being bridged already; try again in a moment`,
      },
      { most },
    );
  }
}

/** A row that a norm reads and another does not. */
interface UnreadRow {
  readonly sheet: string;
  readonly row: number;
}

/** Two norms do not read the same rows of a file: their difference would be that of the rows. */
export class BridgeRowsDiffer extends DomainError {
  readonly code = 'accounting.bridge-rows-differ';
  readonly kind = 'invalid';
  /** @param unread by the id of the norm that does not read them */
  constructor(
    territory: string,
    period: string,
    unread: readonly { readonly norm: string; readonly rows: readonly UnreadRow[] }[],
  ) {
    const list = (rows: readonly UnreadRow[]): string =>
      `${rows
        .slice(0, 8)
        .map(({ sheet, row }) => `${sheet} ${row}`)
        .join(', ')}${rows.length > 8 ? ', …' : ''}`;
    super(
      {
        zh: `${territory} ${period}：两套规范读入的行不同，差额会是行的差额；${unread.map(({ norm, rows }) => `“${norm}”未读入 ${rows.length} 行（${list(rows)}）`).join('；')}。请按各行的提示修改（例如在规范中为生态系统类型添加别名），或去掉这些行`,
        en: `${territory} ${period}: the norms do not read the same rows, so their difference would be that of the rows; ${unread.map(({ norm, rows }) => `"${norm}" does not read ${rows.length} (${list(rows)})`).join('; ')}. Mend what is told of each row (for example add an alias of the type to the norm), or leave these rows out`,
      },
      { territory, period, unread },
    );
  }
}

/** A type of the observation that the norm at the other end does not have, and which of its types are of the same class. */
interface StrangeType {
  readonly type: string;
  readonly hj1166: string;
  readonly near: readonly string[];
}

/** Types are never taken for one another on a guess: whoever answers for the comparison says which is which. */
export class BridgeTypesUnknown extends DomainError {
  readonly code = 'accounting.bridge-types-unknown';
  readonly kind = 'conflict';
  constructor(
    territory: string,
    period: string,
    norms: { readonly from: string; readonly to: string },
    strange: readonly StrangeType[],
    shared: readonly string[],
  ) {
    const { to } = norms;
    const list = (none: string): string =>
      strange.map(({ type, hj1166, near }) => `${type} (HJ 1166 ${hj1166}: ${near.join(', ') || none})`).join('; ');
    const example = strange[0];
    const alias = `{ code: ${example.near[0] ?? '…'}, …, aliases: [${example.type}] }`;
    super(
      {
        zh: `${territory} ${period}：规范“${to}”没有其中的类型，括号内为其同类：${list('无')}；可比的类型：${shared.join('、') || '无'}。类型不作推测：请另写一个 extends: ${to} 的规范，用别名写明对应关系（ecosystemTypes: ${alias}），发布后以它比较（gep bridge，或 GET /api/v1/bridge）；或比较只含可比类型的地域`,
        en: `${territory} ${period}: norm "${to}" does not have types that are there; of the same class it has: ${list('none')}; types that both have: ${shared.join(', ') || 'none'}. Types are not guessed: write a norm with extends: ${to} that says by aliases which is which (ecosystemTypes: ${alias}), publish it and bridge to that (gep bridge, or GET /api/v1/bridge), or bridge a territory with shared types alone`,
      },
      {
        territory,
        period,
        ...norms,
        strange: strange.map(({ near, ...one }) => ({ ...one, near: [...near] })),
        shared: [...shared],
      },
    );
  }
}
