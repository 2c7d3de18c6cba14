/** What the register of incidents can be refused for, and how to mend it. */
import { type Bilingual, DomainError } from '@gep/kernel';

/** There is no such incident, or not where the person may look. */
export class IncidentMissing extends DomainError {
  readonly code = 'evaluation.incident-missing';
  readonly kind = 'missing';
  constructor(wanted: string) {
    super(
      {
        zh: `没有事件“${wanted}”，或不在您可见的范围内；见 gep incident list 或 GET /api/v1/evaluation/incidents`,
        en: `there is no incident "${wanted}", or not where you may look; see gep incident list or GET /api/v1/evaluation/incidents`,
      },
      { wanted },
    );
  }
}

/** What was recorded is no finding of an authority that could count. */
export class IncidentRefused extends DomainError {
  readonly code = 'evaluation.incident-refused';
  readonly kind = 'invalid';
  constructor(territory: string, why: Bilingual) {
    super(
      { zh: `${territory} 的事件未登记：${why.zh}`, en: `the incident of ${territory} is not recorded: ${why.en}` },
      { territory },
    );
  }
}
