/** What audits of departing office holders refuse, and how to mend it. */
import { type Bilingual, DomainError, type Facts } from '@gep/kernel';

/** There is no such audit, or not where the person may look. */
export class DepartureMissing extends DomainError {
  readonly code = 'evaluation.departure-missing';
  readonly kind = 'missing';
  /** @param among audits of this code, when there are several */
  constructor(wanted: string, among: readonly string[] = []) {
    const several = among.length > 0;
    super(
      {
        zh: several
          ? `有多项离任审计的代码是“${wanted}”，请用编号指明：${among.join('；')}`
          : `没有离任审计“${wanted}”，或不在您可见的范围内；已有的见 gep departure list 或 GET /api/v1/evaluation/departures`,
        en: several
          ? `several departing audits have the code "${wanted}"; name one by its id: ${among.join('; ')}`
          : `there is no departing audit "${wanted}", or not where you may look; gep departure list and GET /api/v1/evaluation/departures tell what is there`,
      },
      { departure: wanted, among },
    );
  }
}

/** What is asked of an audit does not fit what it is or where it stands. */
export class DepartureRefused extends DomainError {
  readonly code = 'evaluation.departure-refused';
  readonly kind = 'conflict';
  constructor(departure: string, reason: Bilingual, facts: Facts = {}) {
    super(
      { zh: `离任审计 ${departure}：${reason.zh}`, en: `departing audit ${departure}: ${reason.en}` },
      { departure, ...facts },
    );
  }
}

/** An end of a term cannot be frozen: what has to stand there is not published. */
export class TermAccountUnpublished extends DomainError {
  readonly code = 'evaluation.term-account-unpublished';
  readonly kind = 'missing';
  constructor(territory: string, period: string, norm: string) {
    super(
      {
        zh: `${territory} ${period} 年按 ${norm} 的账户尚未公布，任期端点不能冻结；请先公布（gep review，POST /api/v1/reviews/…）`,
        en: `the account of ${territory} for ${period} by ${norm} is not published, so this end of a term cannot be frozen; publish it first (gep review, POST /api/v1/reviews/…)`,
      },
      { territory, period, norm },
    );
  }
}

/** An end of a term is frozen already, and nothing says why it should be frozen anew. */
export class TermFrozen extends DomainError {
  readonly code = 'evaluation.term-frozen';
  readonly kind = 'conflict';
  constructor(territory: string, day: string, snapshot: string) {
    super(
      {
        zh: `${territory} ${day} 的任期端点已冻结（${snapshot}）；如须重新冻结，请写明理由（gep departure freeze --reason；接口 POST /api/v1/evaluation/term-snapshots 的 reason），原快照保留`,
        en: `the end of a term at ${day} in ${territory} is frozen (${snapshot}); to freeze it anew give a reason (gep departure freeze --reason; reason of POST /api/v1/evaluation/term-snapshots), and the earlier one stays`,
      },
      { territory, day, snapshot },
    );
  }
}

/** The published account is no longer the frozen one at the end of the term. */
export class TermSnapshotMoved extends DomainError {
  readonly code = 'evaluation.term-snapshot-moved';
  readonly kind = 'conflict';
  constructor(departure: string, facts: { readonly period: string; readonly frozen: string; readonly found: string }) {
    super(
      {
        zh: `离任审计 ${departure}：${facts.period} 年所冻结的账户 ${facts.frozen} 与当时公布的 ${facts.found} 不符；请重新冻结离任端点（gep departure freeze --reason；POST /api/v1/evaluation/term-snapshots）并重新制定方案`,
        en: `departing audit ${departure}: the frozen account ${facts.frozen} of ${facts.period} is not the one that was published by then, ${facts.found}; freeze the departure anew (gep departure freeze --reason; POST /api/v1/evaluation/term-snapshots) and plan again`,
      },
      { departure, ...facts },
    );
  }
}

/** A cause that is declared without what makes it one. */
export class AttributionRefused extends DomainError {
  readonly code = 'evaluation.attribution-refused';
  readonly kind = 'invalid';
  constructor(reason: Bilingual, facts: Facts = {}) {
    super({ zh: `原因认定未接受：${reason.zh}`, en: `the declared cause is not taken: ${reason.en}` }, facts);
  }
}
