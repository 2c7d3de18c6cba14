/** What the accounting subject refuses, and how to mend it. */
import { DomainError, type Facts } from '@gep/kernel';
import { runStateNames, type RunState } from './recompute/run-states';

/** Where a refused value stands: territory, period, and the cell in the file it came from. */
export interface ObservedAt {
  readonly territory: string;
  readonly period: string;
  readonly sheet?: string;
  /** Row as the user sees it; the header is row 1. */
  readonly row?: number;
}

export const zhPlace = ({ territory, period, sheet, row }: ObservedAt): string =>
  `${territory} ${period}${sheet === undefined ? '' : `，表“${sheet}”第 ${row} 行`}`;
export const enPlace = ({ territory, period, sheet, row }: ObservedAt): string =>
  `${territory} ${period}${sheet === undefined ? '' : `, sheet "${sheet}" row ${row}`}`;

/** The observation has an ecosystem type that the norm does not know. */
export class UnknownEcosystemType extends DomainError {
  readonly code = 'accounting.unknown-type';
  readonly kind = 'invalid';
  constructor(at: ObservedAt, type: string, known: readonly string[]) {
    super(
      {
        zh: `${zhPlace(at)}：规范没有生态系统类型“${type}”；请改用 ${known.join('、')} 之一，或换用包含它的规范`,
        en: `${enPlace(at)}: the norm has no ecosystem type "${type}"; use one of ${known.join(', ')}, or a norm that has it`,
      },
      { ...at, type },
    );
  }
}

/** An attribute that services need and rows of a type lack. */
export interface LackingAttribute {
  readonly attribute: string;
  readonly type: string;
  readonly services: readonly string[];
  /** How many rows lack it, and the first of them. */
  readonly rows: number;
  readonly sheet: string;
  readonly row: number;
}

/** Most of what is lacking that is told; the facts have all of it. */
const mostTold = 20;

/** Services need attributes that rows do not have: all of them at once. */
export class AttributeMissing extends DomainError {
  readonly code = 'accounting.attribute-missing';
  readonly kind = 'invalid';
  /** @param lacking at least one */
  constructor({ territory, period }: ObservedAt, lacking: readonly LackingAttribute[]) {
    const told = lacking.slice(0, mostTold).map(({ attribute, type, services, rows, sheet, row }) => {
      const [zhRows, enRows] = rows > 1 ? [`（共 ${rows} 行）`, ` (${rows} rows)`] : ['', ''];
      return {
        zh: `${zhPlace({ territory, period, sheet, row })}${zhRows}：“${type}”缺少属性“${attribute}”，${services.join('、')} 无法核算`,
        en: `${enPlace({ territory, period, sheet, row })}${enRows}: "${type}" lacks the attribute "${attribute}" that ${services.join(', ')} need`,
      };
    });
    const more = lacking.length > told.length ? `\n… +${lacking.length - told.length}` : '';
    const [{ attribute, type, services, sheet, row }] = lacking;
    super(
      {
        zh: `${told.map(({ zh }) => zh).join('\n')}${more}；请补充（已导入的须重新导入），或在规范中把该类型从服务的 types 中去掉`,
        en: `${told.map(({ en }) => en).join('\n')}${more}; add what is missing (and import again what was imported), or take the type out of \`types\` of the service in the norm`,
      },
      { territory, period, sheet, row, attribute, type, services, lacking },
    );
  }
}

/** A formula gave no finite number, for example after a division by zero. */
export class QuantityNotFinite extends DomainError {
  readonly code = 'accounting.quantity-not-finite';
  readonly kind = 'invalid';
  constructor(at: ObservedAt, service: string, type: string | null, quantity: number) {
    super(
      {
        zh: `${zhPlace(at)}：服务“${service}”（${type ?? '全域'}）的结果为 ${quantity}，不是有限数；请检查该类型的属性取值`,
        en: `${enPlace(at)}: the quantity of "${service}" (${type ?? 'whole territory'}) is ${quantity}, not a finite number; check the attributes of that type`,
      },
      { ...at, service, type, quantity: String(quantity) },
    );
  }
}

/** A measured product has neither a price in the observation nor one in the norm. */
export class StatisticPriceMissing extends DomainError {
  readonly code = 'accounting.statistic-price-missing';
  readonly kind = 'invalid';
  constructor(at: ObservedAt, item: string, unit: string) {
    super(
      {
        zh: `${zhPlace(at)}：“${item}”没有价格；请填写价格（${unit}），已导入的须重新导入`,
        en: `${enPlace(at)}: "${item}" has no price; give one (${unit}), and import again what was imported`,
      },
      { ...at, item },
    );
  }
}

/** A quantity or price of a statistic that is not a number. */
export class StatisticUnreadable extends DomainError {
  readonly code = 'accounting.statistic-unreadable';
  readonly kind = 'invalid';
  constructor(at: ObservedAt, item: string, value: string) {
    super(
      {
        zh: `${zhPlace(at)}：“${item}”的值“${value}”不是数；请改为十进制数`,
        en: `${enPlace(at)}: the value "${value}" of "${item}" is not a number; write a decimal number`,
      },
      { ...at, item, value },
    );
  }
}

/** The same item and type is measured twice in one observation. */
export class StatisticRepeated extends DomainError {
  readonly code = 'accounting.statistic-repeated';
  readonly kind = 'invalid';
  constructor(at: ObservedAt, item: string, type: string | null) {
    super(
      {
        zh: `${zhPlace(at)}：“${item}”（${type ?? '全域'}）出现了两次；请合并为一行`,
        en: `${enPlace(at)}: "${item}" (${type ?? 'whole territory'}) is given twice; merge it into one row`,
      },
      { ...at, item, type },
    );
  }
}

/** What names an account, in Chinese sentences. */
const factNames: Readonly<Record<string, string>> = {
  ...{
    account: '编号',
    territory: '地域',
    period: '核算期',
    norm: '规范',
    edition: '版本',
    asOf: '截至',
    published: '已发布',
  },
};

export class AccountMissing extends DomainError {
  readonly code = 'accounting.account-missing';
  readonly kind = 'missing';
  constructor(facts: Facts) {
    const known = Object.entries(facts).filter(([, value]) => value !== undefined);
    const named = known.map(([key, value]) => `${key} ${String(value)}`);
    const chinese = known.map(([key, value]) => `${factNames[key] ?? key} ${String(value)}`);
    super(
      {
        zh: `没有这样的账户（${chinese.join('，')}）；请核对，或先导入观测（gep observe，或 POST /api/v1/uploads）并核算（gep recompute，或 POST /api/v1/recomputes）`,
        en: `there is no such account (${named.join(', ')}); check it, or import observations (gep observe, or POST /api/v1/uploads) and recompute (gep recompute, or POST /api/v1/recomputes) first`,
      },
      facts,
    );
  }
}

/** Nothing below the territory has observations of the period. */
export class NothingObserved extends DomainError {
  readonly code = 'accounting.nothing-observed';
  readonly kind = 'missing';
  /** @param elsewhere where the norm asked for extends another one, and observations lie under that */
  constructor(
    territory: string,
    period: string,
    elsewhere?: { readonly norm: string; readonly base: string; readonly first: string },
  ) {
    const { norm, base, first } = elsewhere ?? {};
    super(
      elsewhere
        ? {
            zh: `${territory} 及其下级在 ${period} 没有“${norm}”的观测数据，但有“${base}”的（如 ${first}）：观测数据按其导入时的规范保存。可以沿用：gep observe --from ${base} --norm ${norm} --territory ${first} --period ${period}，或以 normId “${norm}”重新 POST /api/v1/uploads；只想知道本地参数改变了什么，可用 gep bridge --norm ${base} --norm ${norm}`,
            en: `neither ${territory} nor anything below it has observations of ${period} under "${norm}", but there are some under "${base}" (such as ${first}): observations belong to the norm that they were imported for. Take them over by gep observe --from ${base} --norm ${norm} --territory ${first} --period ${period}, or POST the file to /api/v1/uploads again with normId "${norm}"; what the own values change is also told by gep bridge --norm ${base} --norm ${norm}`,
          }
        : {
            zh: `${territory} 及其下级在 ${period} 没有观测数据；请先导入（gep observe，或 POST /api/v1/uploads）`,
            en: `neither ${territory} nor anything below it has observations of ${period}; import some first (gep observe, or POST /api/v1/uploads)`,
          },
      { territory, period, ...elsewhere },
    );
  }
}

/** Everything that was observed below a territory was refused or given up, so there is nothing to add up. */
export class NothingComputed extends DomainError {
  readonly code = 'accounting.nothing-computed';
  readonly kind = 'conflict';
  /** @param observed codes of the territories observed below, none of which has an account */
  constructor(territory: string, period: string, observed: readonly string[]) {
    const named = observed.slice(0, 3);
    const [zhMore, enMore] = observed.length > named.length ? [' 等', ', …'] : ['', ''];
    super(
      {
        zh: `${territory} 在 ${period} 没有可汇总的账户：其下有观测的 ${observed.length} 个地域（${named.join('、')}${zhMore}）都被拒绝或放弃；请先按各自的原因改正，再重试`,
        en: `there is nothing to add up for ${territory} in ${period}: all that was observed below it (${observed.length}: ${named.join(', ')}${enMore}) was refused or given up; mend that by its own reasons, then try again`,
      },
      { territory, period, observed: observed.length, named },
    );
  }
}

/** The person may act for several territories, so the one to recompute must be named. */
export class TerritoryNotNamed extends DomainError {
  readonly code = 'accounting.territory-not-named';
  readonly kind = 'invalid';
  constructor(scope: readonly string[]) {
    super(
      {
        zh: `请指明要核算的地域：您的权限包含 ${scope.length} 个地域`,
        en: `name the territory to recompute: you may act for ${scope.length} of them`,
      },
      { scope },
    );
  }
}

export class RunMissing extends DomainError {
  readonly code = 'accounting.run-missing';
  readonly kind = 'missing';
  constructor(runId: string) {
    super(
      { zh: `没有编号为 ${runId} 的核算任务；请核对编号`, en: `there is no recomputation ${runId}; check the number` },
      { run: runId },
    );
  }
}

/** The run is not in a state in which this can be done to it. */
export class RunStateConflict extends DomainError {
  readonly code = 'accounting.run-state';
  readonly kind = 'conflict';
  constructor(runId: string, state: RunState, deed: 'cancel' | 'retry') {
    const mend = {
      cancel: ['取消', '只有进行中的任务可以取消'],
      retry: ['重试', '只有有失败或被拒部分的任务可以重试'],
    }[deed];
    const english = {
      cancel: 'cannot be cancelled: only an active one can',
      retry: 'cannot be retried: only one that has ended with dead tasks or refused territories can',
    }[deed];
    super(
      {
        zh: `核算任务 ${runId} ${runStateNames[state].zh}（${state}），不能${mend[0]}；${mend[1]}`,
        en: `recomputation ${runId} is ${runStateNames[state].en} and ${english}`,
      },
      { run: runId, state, deed },
    );
  }
}

/** A roll-up was begun while tasks below it are unfinished: not a refusal, but worth another attempt a little later. */
export class RollUpTooEarly extends Error {
  override readonly name = 'RollUpTooEarly';
  constructor(runId: string, taskNo: number, waiting: number) {
    super(`task ${taskNo} of run ${runId} waits for ${waiting} tasks below it`);
  }
}
