/** What a series refuses, or says beside a point that it cannot give, and how to mend it. */
import { DomainError } from '@gep/kernel';
import type { BoundaryStep } from './boundary-plan';

const kinds = {
  merge: { zh: '合并', en: 'merge' },
  split: { zh: '拆分', en: 'split' },
  rename: { zh: '更名', en: 'change of name' },
  transfer: { zh: '调整隶属', en: 'transfer' },
} as const;

/** A step of a boundary in words. */
export function wordsOf({ kind, effective, from, to, moved }: BoundaryStep): { zh: string; en: string } {
  const [left, right] = [from.join(', '), to.join(', ')];
  return {
    zh: `${effective} ${kinds[kind].zh}：${moved === undefined ? '' : `${moved} 由 `}${left} → ${right}`,
    en: `${kinds[kind].en} of ${effective}: ${moved === undefined ? '' : `${moved} from `}${left} → ${right}`,
  };
}

const joined = (steps: readonly BoundaryStep[], language: 'zh' | 'en'): string =>
  steps.map((step) => wordsOf(step)[language]).join('; ');

/** Growth over a change of boundary would compare two different areas. */
export class BoundaryBroken extends DomainError {
  readonly code = 'accounting.boundary-broken';
  readonly kind = 'conflict';
  constructor(territory: string, [before, after]: readonly [string, string], steps: readonly BoundaryStep[]) {
    super(
      {
        zh: `${territory} 在 ${before} 与 ${after} 之间边界有变（${joined(steps, 'zh')}），增长率不可比；请改用同一边界的序列（gep account series --constant-boundary 或 GET /api/v1/accounts/series?constantBoundary=true）`,
        en: `the boundary of ${territory} changed between ${before} and ${after} (${joined(steps, 'en')}), so growth compares two areas; ask for the series within a constant boundary (gep account series --constant-boundary, or GET /api/v1/accounts/series?constantBoundary=true)`,
      },
      { territory, before, after, steps },
    );
  }
}

/** Growth over another edition of the norm would be partly one of method. */
export class EditionsDiffer extends DomainError {
  readonly code = 'accounting.editions-differ';
  readonly kind = 'conflict';
  constructor(territory: string, [before, after]: readonly [string, string]) {
    super(
      {
        zh: `${territory} ${before} 与 ${after} 的账户依据规范的不同版本，增长率不可比；请按现行版本重新核算 ${before}（gep recompute 或 POST /api/v1/recomputes）`,
        en: `the accounts of ${territory} ${before} and ${after} follow different editions of the norm, so growth is partly one of method; recompute ${before} by the edition in force (gep recompute or POST /api/v1/recomputes)`,
      },
      { territory, before, after },
    );
  }
}

/** What a place was merged into has one account; what of it lies in the place is not recorded. */
export class BoundaryNotRestatable extends DomainError {
  readonly code = 'accounting.boundary-not-restatable';
  readonly kind = 'conflict';
  constructor(territory: string, period: string, day: string, step: BoundaryStep) {
    const { zh, en } = wordsOf(step);
    super(
      {
        zh: `${territory} ${period} 不能还原到 ${day} 的边界：${zh} 之后没有记录其中各部分；请改用 ${step.effective} 或之后的边界（--as-of-boundary 或 boundaryDay）`,
        en: `${territory} ${period} cannot be restated within the boundary of ${day}: after the ${en} nothing tells the parts apart; take the boundary of ${step.effective} or later (--as-of-boundary, or boundaryDay)`,
      },
      { territory, period, day, step },
    );
  }
}

/** Accounts that the boundary is put together from are missing, or may not be seen. */
export class BoundaryPartMissing extends DomainError {
  readonly code = 'accounting.boundary-part-missing';
  readonly kind = 'missing';
  /** @param lacking empty when nothing below the territory is in the tree */
  constructor(territory: string, period: string, lacking: readonly string[], steps: readonly BoundaryStep[]) {
    const shown = lacking.slice(0, 10).join(', ') + (lacking.length > 10 ? ', …' : '');
    const [zhLacking, enLacking] =
      lacking.length === 0
        ? ['其下级不在区划中', 'nothing below it is in the tree']
        : [`缺少 ${shown} 的账户，或您无权查看`, `there is no account of ${shown}, or none that you may see`];
    super(
      {
        zh: `${territory} ${period} 不能还原（${joined(steps, 'zh')}）：${zhLacking}；请先核算这些地域，或改用其他日期的边界`,
        en: `${territory} ${period} cannot be restated (${joined(steps, 'en')}): ${enLacking}; compute those first, or take the boundary of another day`,
      },
      { territory, period, lacking, steps },
    );
  }
}

/** The territory is not in the tree on the day whose boundary is asked for. */
export class BoundaryAbsent extends DomainError {
  readonly code = 'accounting.boundary-absent';
  readonly kind = 'invalid';
  constructor(territory: string, day: string, last: string) {
    super(
      {
        zh: `${day} 没有地域 ${territory}；请改用它存在的日期，例如 ${last}（--as-of-boundary 或 boundaryDay）`,
        en: `there is no ${territory} on ${day}; take a day on which there is, for example ${last} (--as-of-boundary, or boundaryDay)`,
      },
      { territory, day, last },
    );
  }
}

/** A series that runs backwards, or over more years than one answer holds. */
export class SeriesYearsUnfit extends DomainError {
  readonly code = 'accounting.series-years-unfit';
  readonly kind = 'invalid';
  constructor(from: string, to: string, most: number) {
    super(
      {
        zh: `序列 ${from} 至 ${to} 不成立：应为先后两个年份，最多 ${most} 年`,
        en: `a series from ${from} to ${to} is none: give two years, the earlier one first, ${most} years at most`,
      },
      { from, to, most },
    );
  }
}

/** A point would be made of more accounts than one answer reads. */
export class SeriesTooWide extends DomainError {
  readonly code = 'accounting.series-too-wide';
  readonly kind = 'too-much';
  constructor(territory: string, period: string, most: number) {
    super(
      {
        zh: `${territory} ${period} 须由超过 ${most} 个账户还原；请改为其下级分别取序列`,
        en: `${territory} ${period} would be restated from more than ${most} accounts; ask for the series of the territories below it`,
      },
      { territory, period, most },
    );
  }
}

/** An account of a year at whose end the territory was no more is part of its successors, and no point of its own series. */
export class TerritoryFollowed extends DomainError {
  readonly code = 'accounting.territory-followed';
  readonly kind = 'missing';
  constructor(territory: string, period: string, effective: string, successors: readonly string[]) {
    const codes = successors.join(', ');
    super(
      {
        zh: `${territory} 自 ${effective} 起由 ${codes} 承继，${period} 年末已不存在；请查后继的账户或序列（gep account series --territory ${successors[0]} 或 GET /api/v1/accounts/series）`,
        en: `${territory} was followed by ${codes} on ${effective} and was no more at the end of ${period}; look at the accounts or the series of what followed it (gep account series --territory ${successors[0]}, or GET /api/v1/accounts/series)`,
      },
      { territory, period, effective, successors },
    );
  }
}

/** The year that is to be 100 has no account. */
export class IndexBaseAbsent extends DomainError {
  readonly code = 'accounting.index-base-absent';
  readonly kind = 'invalid';
  constructor(territory: string, base: string, known: readonly string[]) {
    super(
      {
        zh: `${territory} ${base} 在序列中没有账户，不能作指数的基年；请改用 ${known.join('、')} 之一（gep account series --index，或 GET /api/v1/accounts/series 的 indexBase）`,
        en: `${territory} has no account of ${base} in the series to take as 100; take one of ${known.join(', ')} (gep account series --index, or indexBase of GET /api/v1/accounts/series)`,
      },
      { territory, base, known },
    );
  }
}
