/** What a declaration of a flow is refused for, and how to mend it. */
import { Bilingual, DomainError } from '@gep/kernel';

/** The declaration contradicts the norm, the tree, or what has been declared. */
export class FlowRefused extends DomainError {
  readonly code = 'accounting.flow-refused';
  readonly kind = 'invalid';
  constructor(service: string, supplier: string, beneficiary: string, reason: Bilingual) {
    super(
      {
        zh: `${service} 由 ${supplier} 流向 ${beneficiary} 的声明未登记：${reason.zh}`,
        en: `the flow of ${service} from ${supplier} to ${beneficiary} is not declared: ${reason.en}`,
      },
      { service, supplier, beneficiary },
    );
  }
}

/** The flow changes the accounts of a territory where the actor may not compute. */
export class FlowOutsideTerritory extends DomainError {
  readonly code = 'accounting.flow-outside-territory';
  readonly kind = 'forbidden';
  constructor(common: string) {
    super(
      {
        zh: `该流动改变 ${common} 的账户，您在那里没有核算的权限；请由在 ${common} 或其上级有权限的人声明`,
        en: `the flow changes the account of ${common}, where you may not compute; have it declared by somebody who may there or above`,
      },
      { territory: common },
    );
  }
}

/** No such declaration, or none that the actor may see. */
export class FlowMissing extends DomainError {
  readonly code = 'accounting.flow-missing';
  readonly kind = 'missing';
  constructor(id: string) {
    super(
      {
        zh: `没有编号为 ${id} 的流动声明，或您无权查看；请核对编号（gep flow list 或 GET /api/v1/flows 可查）`,
        en: `there is no declared flow ${id}, or none that you may see; check the id (gep flow list or GET /api/v1/flows lists them)`,
      },
      { flow: id },
    );
  }
}

/** It was withdrawn before; a withdrawal is kept as it is. */
export class FlowWithdrawn extends DomainError {
  readonly code = 'accounting.flow-withdrawn';
  readonly kind = 'conflict';
  constructor(id: string, at: Date) {
    super(
      {
        zh: `流动声明 ${id} 已于 ${at.toISOString()} 撤回；需要时请重新声明`,
        en: `the declared flow ${id} was withdrawn at ${at.toISOString()}; declare it anew where it is needed`,
      },
      { flow: id, at: at.toISOString() },
    );
  }
}

/** An account was computed with declarations that neither stand now nor stood when it was recorded, as after a moved boundary. */
export class FlowsOfVintageUnknown extends DomainError {
  readonly code = 'accounting.flows-of-vintage-unknown';
  readonly kind = 'conflict';
  constructor(territory: string, period: string) {
    super(
      {
        zh: `无法查明 ${territory} ${period} 的账户核算时有哪些流动声明；请重新核算（gep recompute 或 POST /api/v1/recomputes），或逐个下级查询`,
        en: `it cannot be told with which declared flows the account of ${territory} ${period} was computed; compute it again (gep recompute, or POST /api/v1/recomputes), or ask for its children one by one`,
      },
      { territory, period },
    );
  }
}
