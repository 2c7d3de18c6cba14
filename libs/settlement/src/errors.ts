/** What settlement refuses, and how to mend it. */
import { type Bilingual, DomainError, type Facts, type Fen, formatYuan } from '@gep/kernel';

/** The settlement cannot be computed or acted on as asked. */
export class SettlementRefused extends DomainError {
  readonly code = 'settlement.refused';
  readonly kind = 'invalid';
  constructor(settlement: string, reason: Bilingual, facts: Facts = {}) {
    super(
      { zh: `结算“${settlement}”：${reason.zh}`, en: `settlement "${settlement}": ${reason.en}` },
      { settlement, ...facts },
    );
  }
}

/** What is asked for does not fit what was done before. */
export class SettlementConflict extends DomainError {
  readonly code = 'settlement.conflict';
  readonly kind = 'conflict';
  constructor(settlement: string, reason: Bilingual, facts: Facts = {}) {
    super(
      { zh: `结算“${settlement}”：${reason.zh}`, en: `settlement "${settlement}": ${reason.en}` },
      { settlement, ...facts },
    );
  }
}

/** Why money of a party waits: an objection, its state, and the day by which the next one has to act on it. */
export interface WaitedFor {
  readonly appeal: string;
  /** Unit or party; empty for the whole. */
  readonly figure: string;
  readonly state: string;
  readonly nextOn: string | null;
}

/** A round of reserving, approving and paying in which nothing can move. */
export class RoundIdle extends DomainError {
  readonly code = 'settlement.nothing-now';
  readonly kind = 'conflict';
  /** @param appeals open objections; none when the mechanism itself holds the parties back */
  constructor(settlement: string, parties: readonly string[], appeals: readonly WaitedFor[]) {
    const until = (language: 'zh' | 'en'): string =>
      appeals
        .map(({ appeal, nextOn }) => {
          const due = { zh: `，下一期限 ${nextOn}`, en: `, to be acted on until ${nextOn}` }[language];
          return `${appeal}${nextOn === null ? '' : due}`;
        })
        .join('; ');
    const [zh, en] =
      appeals.length > 0
        ? [
            `有异议，须待其了结（${until('zh')}；gep appeal show 或 GET /api/v1/appeals/{id} 可查）`,
            `under objection until it is decided (${until('en')}; gep appeal show or GET /api/v1/appeals/{id} tell)`,
          ]
        : [
            '由机制暂缓，须待其措施了结（gep agreement breaches 或 GET /api/v1/agreements/{id}/breaches 可查）',
            'held back until its measures end (gep agreement breaches or GET /api/v1/agreements/{id}/breaches tell)',
          ];
    super(
      {
        zh: `结算“${settlement}”现在无事可办：${parties.join('、')} ${zh}`,
        en: `settlement "${settlement}": nothing to do now; ${parties.join(', ')} ${parties.length > 1 ? 'are' : 'is'} ${en}`,
      },
      { settlement, parties, appeals },
    );
  }
}

/** No such settlement, part or request, or none that the actor may see. */
export class SettlementMissing extends DomainError {
  readonly code = 'settlement.missing';
  readonly kind = 'missing';
  constructor(what: Bilingual, id: string) {
    super(
      {
        zh: `没有${what.zh}“${id}”，或您无权查看；请核对（gep settlement list 或 GET /api/v1/settlements）`,
        en: `there is no ${what.en} "${id}", or none that you may see; check it (gep settlement list or GET /api/v1/settlements)`,
      },
      { id },
    );
  }
}

/** A code that several settlements have, in territories that the actor sees. */
export class SettlementAmbiguous extends DomainError {
  readonly code = 'settlement.ambiguous';
  readonly kind = 'conflict';
  constructor(settlement: string, candidates: readonly { readonly id: string; readonly territory: string }[]) {
    const list = candidates.map(({ id, territory }) => `${territory} ${id}`).join('; ');
    super(
      {
        zh: `有 ${candidates.length} 项结算的代码是“${settlement}”，请用编号指明（gep settlement show <编号> 或 GET /api/v1/settlements/{id}）：${list}`,
        en: `${candidates.length} settlements have the code "${settlement}"; name one by its id (gep settlement show <id> or GET /api/v1/settlements/{id}): ${list}`,
      },
      { settlement, candidates },
    );
  }
}

/** Money rests on published accounts that compare, and these do not. */
export class FiguresRefused extends DomainError {
  readonly code = 'settlement.figures-refused';
  readonly kind = 'conflict';
  constructor(
    settlement: string,
    readonly problems: readonly (Bilingual & { readonly unit: string; readonly period: string })[],
  ) {
    const list = (language: 'zh' | 'en'): string =>
      problems.map((one) => `\n  ${one.unit} ${one.period}: ${one[language]}`).join('');
    super(
      {
        zh: `结算“${settlement}”所需的核算数字不可用：${list('zh')}`,
        en: `the accounts that settlement "${settlement}" needs cannot be used: ${list('en')}`,
      },
      { settlement, problems },
    );
  }
}

/** The mechanism that made it has its own way to money. */
export class SettlementGated extends DomainError {
  readonly code = 'settlement.gated';
  readonly kind = 'conflict';
  constructor(settlement: string, gatedBy: 'procurement' | 'compensation', act: string) {
    const own =
      gatedBy === 'procurement'
        ? { verb: 'gep procurement', route: '/api/v1/contracts' }
        : { verb: 'gep compensation', route: '/api/v1/agreements' };
    super(
      {
        zh: `结算“${settlement}”由${gatedBy === 'procurement' ? '采购' : '补偿'}流程办理，不能在此${act}；请用 ${own.verb} 或 ${own.route}`,
        en: `settlement "${settlement}" goes the way of its ${gatedBy}, so "${act}" is not done here; use ${own.verb} or ${own.route}`,
      },
      { settlement, gatedBy, act },
    );
  }
}

/** More would be claimed back than was paid. */
export class NothingToRecover extends DomainError {
  readonly code = 'settlement.clawback-exceeds-paid';
  readonly kind = 'conflict';
  constructor(settlement: string, party: string, paidFen: Fen, wantedFen: Fen) {
    const [paid, wanted] = [formatYuan(paidFen), formatYuan(wantedFen)];
    super(
      {
        zh: `结算“${settlement}”要向“${party}”追回 ${wanted} 元，而已付尚可追回的为 ${paid} 元；请先办结或撤回未付的结算（gep settlement withdraw 或 POST /api/v1/settlements/{id}/withdraw）`,
        en: `settlement "${settlement}" would claim ${wanted} yuan back from "${party}", of whose payments ${paid} can be claimed back; pay or withdraw what is not paid first (gep settlement withdraw, POST /api/v1/settlements/{id}/withdraw)`,
      },
      { settlement, party, paidFen: paidFen.toString(), wantedFen: wantedFen.toString() },
    );
  }
}
