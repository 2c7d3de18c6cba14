/** What the registers of owners and parcels refuse, and how to mend it. */
import { DomainError, type Bilingual } from '@gep/kernel';
import type { RegisterProblem } from './register-rows';

/** The file cannot be read at all. */
export class RegisterFileUnreadable extends DomainError {
  readonly code = 'procurement.register-file-unreadable';
  readonly kind = 'invalid';
  constructor(file: string, reason: string) {
    super(
      {
        zh: `文件 ${file} 无法读取（${reason}）；应为 UTF-8 的 CSV，表头见 gep owner import --help，或改用 POST /api/v1/owners`,
        en: `the file ${file} cannot be read (${reason}); give a CSV in UTF-8, with the header that gep owner import --help tells, or use POST /api/v1/owners`,
      },
      { file, reason },
    );
  }
}

/** Rows of the files are not as they have to be; nothing was registered. */
export class RegisterRefused extends DomainError {
  readonly code = 'procurement.register-refused';
  readonly kind = 'invalid';
  constructor(problems: readonly RegisterProblem[], count: number) {
    const first = problems.slice(0, 5);
    const said = (language: 'zh' | 'en') =>
      first
        .map(({ file, row, column, value, text }) => `${file}:${row} ${column} "${value}" ${text[language]}`)
        .join('; ');
    super(
      {
        zh: `登记未办理，共 ${count} 处错误：${said('zh')}${count > 5 ? ' …' : ''}；全部见 problems，改正后重新导入`,
        en: `nothing was registered, ${count} mistakes: ${said('en')}${count > 5 ? ' …' : ''}; see problems, mend them and import again`,
      },
      { problems, count },
    );
  }
}

const whats = {
  owner: { zh: '权利人', en: 'owner', verb: 'gep owner list', route: 'GET /api/v1/owners' },
  parcel: { zh: '地块', en: 'parcel', verb: 'gep parcel list', route: 'GET /api/v1/parcels' },
} as const;

/** No such owner or parcel on that day, or none that the actor may see. */
export class RegisterMissing extends DomainError {
  readonly code = 'procurement.register-missing';
  readonly kind = 'missing';
  constructor(what: keyof typeof whats, code: string, on?: string) {
    const { zh, en, verb, route } = whats[what];
    const [zhDay, enDay] = on === undefined ? ['', ''] : [`在 ${on} `, ` on ${on}`];
    super(
      {
        zh: `${zhDay}没有${zh}“${code}”，或您无权查看；请核对（${verb} 或 ${route}）`,
        en: `there is no ${en} "${code}"${enDay}, or none that you may see; check it (${verb} or ${route})`,
      },
      { [what]: code, ...(on !== undefined && { on }) },
    );
  }
}

/** A transfer, split, merge or succession that cannot be. */
export class HoldingRefused extends DomainError {
  readonly code = 'procurement.holding-refused';
  readonly kind = 'conflict';
  constructor(what: string, reason: Bilingual) {
    super({ zh: `“${what}”未变更：${reason.zh}`, en: `"${what}" stays as it is: ${reason.en}` }, { what });
  }
}
