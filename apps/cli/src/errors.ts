/** What the terminal itself refuses, beside the refusals of the subjects. */
import { closestWord, DomainError, type Bilingual } from '@gep/kernel';

const shownChoices = 20;

export class NothingSelected extends DomainError {
  readonly code = 'cli.nothing-selected';
  readonly kind = 'missing';
  constructor(found: readonly string[]) {
    const more = found.length > shownChoices ? ` … (${found.length})` : '';
    const list = found.slice(0, shownChoices).join(', ') + more;
    super(
      {
        zh: `文件中没有所选的地域和核算期；可选：${list}`,
        en: `the file has no such territory and period; it has: ${list}`,
      },
      { found: found.slice(0, 1000) },
    );
  }
}

/** A table that reports do not have. */
export class ReportTableUnknown extends DomainError {
  readonly code = 'cli.report-table-unknown';
  readonly kind = 'missing';
  constructor(table: string, known: readonly string[]) {
    super(
      {
        zh: `没有报表“${table}”；可选：${known.join('、')}`,
        en: `there is no report table "${table}"; choose one of ${known.join(', ')}`,
      },
      { table, known },
    );
  }
}

export class NothingUsable extends DomainError {
  readonly code = 'cli.nothing-usable';
  readonly kind = 'invalid';
  constructor(errors: number) {
    super(
      {
        zh: `没有计算任何账户：文件中有 ${errors} 个错误，或没有可用的行；请按上面逐条所示修改后重试`,
        en: `no account was computed: the file has ${errors} error(s) or no row that can be used; mend what is listed above and try again`,
      },
      { errors },
    );
  }
}

export class WorkerNotStarted extends DomainError {
  readonly code = 'cli.worker-not-started';
  readonly kind = 'conflict';
  constructor(how: string) {
    super({
      zh: `没有正在运行的工作进程，自行启动也未成功（${how}）；请先运行 npm start，或查看上面的信息`,
      en: `no worker is running and starting one failed (${how}); run npm start first, or see the message above`,
    });
  }
}

export class ObservationsUnreadable extends DomainError {
  readonly code = 'cli.observations-unreadable';
  readonly kind = 'missing';
  constructor(file: string, reason: Bilingual) {
    super({ zh: `无法读取文件 ${file}：${reason.zh}`, en: `cannot read ${file}: ${reason.en}` }, { file });
  }
}

/** Files of one side of a change hold more than one period, and none was chosen. */
export class SeveralPeriods extends DomainError {
  readonly code = 'cli.several-periods';
  readonly kind = 'invalid';
  constructor(option: '--from' | '--to', periods: readonly string[]) {
    super(
      {
        zh: `文件中有多个核算期（${periods.join('、')}）；请用 ${option} 指明其一`,
        en: `the files have several periods (${periods.join(', ')}); choose one with ${option}`,
      },
      { periods },
    );
  }
}

/** Accounts of a study of printed tables are computed from its files, not read from the database. */
export class TablesNotRecorded extends DomainError {
  readonly code = 'cli.tables-not-recorded';
  readonly kind = 'invalid';
  constructor(study: string) {
    super(
      {
        zh: `“${study}”由其目录中的文件计算，数据库中没有它的账户；请去掉 --recorded`,
        en: `"${study}" is computed from the files of its folder and has no accounts in the database; leave out --recorded`,
      },
      { case: study },
    );
  }
}

/** A file of a report that is damaged as a file, before any table is understood. */
export class ReportFileUnreadable extends DomainError {
  readonly code = 'cli.report-unreadable';
  readonly kind = 'invalid';
  constructor(
    file: string,
    problems: readonly { sheet: string; row: number; column: string; text: Bilingual; mend: Bilingual }[],
  ) {
    const list = (language: 'zh' | 'en'): string =>
      problems
        .slice(0, 20)
        .map(
          ({ sheet, row, column, text, mend }) => `\n  ${sheet} ${row} ${column}: ${text[language]}; ${mend[language]}`,
        )
        .join('');
    super({ zh: `无法读取 ${file}：${list('zh')}`, en: `cannot read ${file}:${list('en')}` }, { file });
  }
}

/** A norm does not count a service that is asked for. */
export class NormServiceMissing extends DomainError {
  readonly code = 'cli.norm-service-missing';
  readonly kind = 'missing';
  constructor(
    norm: string,
    service: string,
    counted: readonly string[],
    excluded: { readonly switch: string; readonly reason: Bilingual } | undefined,
  ) {
    const near = closestWord(service, counted);
    const why = excluded
      ? {
          zh: `开关“${excluded.switch}”不计它：${excluded.reason.zh}；请在扩展该规范的规范中打开此开关`,
          en: `the switch "${excluded.switch}" leaves it out: ${excluded.reason.en}; switch it on in a norm that extends this one`,
        }
      : {
          zh: `${near ? `是否应为“${near}”？` : ''}gep norm show ${norm} 列出全部服务`,
          en: `${near ? `did you mean "${near}"? ` : ''}gep norm show ${norm} lists all services`,
        };
    super(
      {
        zh: `规范“${norm}”不计服务“${service}”；${why.zh}`,
        en: `norm "${norm}" does not count "${service}"; ${why.en}`,
      },
      { norm, service },
    );
  }
}

/** Somebody is named, and no password was said to come. */
export class PasswordNotGiven extends DomainError {
  readonly code = 'cli.password-not-given';
  readonly kind = 'invalid';
  constructor(login: string) {
    super(
      {
        zh: `以 ${login} 的身份办理需要其密码：请加上 --password-stdin，并把密码写在标准输入的第一行（如 < 密码文件）`,
        en: `to act as ${login} takes their password: add --password-stdin and give it as the first line of stdin (such as < password-file)`,
      },
      { login },
    );
  }
}

/** The draft in a file lacks members, or has others than it should. */
export class DraftUnreadable extends DomainError {
  readonly code = 'cli.draft-unreadable';
  readonly kind = 'invalid';
  constructor(file: string, wrong: readonly string[], unknown: readonly string[]) {
    const [lacking, strange] = [wrong.join(', ') || '—', unknown.join(', ') || '—'];
    super(
      {
        zh: `${file} 须为一个 JSON 对象；缺少或类型不对：${lacking}；多余：${strange}`,
        en: `${file} has to be one JSON object; lacking or of another type: ${lacking}; not known: ${strange}`,
      },
      { file, wrong, unknown },
    );
  }
}
