/** What dividends refuse, and how to mend it. */
import { DomainError, type Bilingual } from '@gep/kernel';

/** No such dividend or line, or none that the actor may see. */
export class DividendMissing extends DomainError {
  readonly code = 'procurement.dividend-missing';
  readonly kind = 'missing';
  constructor(id: string, owner?: string) {
    const [zh, en] = owner === undefined ? ['', ''] : [`中“${owner}”的一行`, `a line of "${owner}" in `];
    super(
      {
        zh: `没有分红 ${id}${zh}，或您无权查看；请核对（gep dividend list 或 GET /api/v1/dividends，本人的见 GET /api/v1/my/dividends）`,
        en: `there is no ${en}dividend ${id}, or none that you may see; check it (gep dividend list or GET /api/v1/dividends, your own: GET /api/v1/my/dividends)`,
      },
      { dividend: id, ...(owner !== undefined && { owner }) },
    );
  }
}

/** The dividend stays as it is: something that it needs is not there, or says otherwise. */
export class DividendRefused extends DomainError {
  readonly code = 'procurement.dividend-refused';
  readonly kind = 'conflict';
  constructor(what: string, reason: Bilingual, facts: object = {}) {
    super(
      { zh: `分红“${what}”未办理：${reason.zh}`, en: `the dividend "${what}" stays as it is: ${reason.en}` },
      { dividend: what, ...facts },
    );
  }
}
