/** What an import can refuse as a whole; problems of single cells are in reasons.ts. */
import { Bilingual, DomainError } from '@gep/kernel';

/** The file, or what it unpacks to, is larger than an import may be. */
export class FileTooLarge extends DomainError {
  readonly code = 'observation.file-too-large';
  readonly kind = 'too-much';
  constructor(what: Bilingual, facts: { limit: number; actual?: number; part?: string }) {
    const [limit, actual] = [facts.limit, facts.actual].map((number) => number?.toLocaleString('en-US'));
    super(
      {
        zh: `文件过大：${what.zh}${actual === undefined ? '' : ` ${actual}`}，上限 ${limit}；请拆分后分批导入`,
        en: `the file is too large: ${what.en}${actual === undefined ? '' : ` ${actual}`}, at most ${limit}; split it and import the parts`,
      },
      facts,
    );
  }
}

/** The file is not what its name says, or no file of the formats that can be read. */
export class FileUnreadable extends DomainError {
  readonly code = 'observation.file-unreadable';
  readonly kind = 'invalid';
  constructor(fileName: string, why: Bilingual) {
    super(
      {
        zh: `文件“${fileName}”无法读取：${why.zh}；请提供 CSV（UTF-8 或 GB18030）、JSON 或 XLSX`,
        en: `"${fileName}" cannot be read: ${why.en}; give CSV (UTF-8 or GB18030), JSON or XLSX`,
      },
      { fileName },
    );
  }
}

/** A code of a data sheet that no list of the norm has. */
export class SheetUnknown extends DomainError {
  readonly code = 'observation.sheet-unknown';
  readonly kind = 'invalid';
  constructor(dataSheet: string, normId: string, known: readonly string[]) {
    super(
      {
        zh: `规范“${normId}”的数据表清单中没有“${dataSheet}”，可用：${known.join('、')}；请改用其中之一，或在规则库 sheets/ 下的清单中加入它；不属于任何部门的整份上传不填数据表`,
        en: `no list of data sheets of the norm "${normId}" has "${dataSheet}"; there are: ${known.join(', ')}. Use one of them, or add it to a list under sheets/ of the rulebook; an upload of the whole names no sheet`,
      },
      { dataSheet, norm: normId, known },
    );
  }
}

/** A data sheet of a territory and period, as it is named in refusals. */
interface SheetOfPlace {
  readonly territory: string;
  readonly period: string;
  readonly normId: string;
  readonly dataSheet: string;
}

const factsOf = ({ territory, period, normId, dataSheet }: SheetOfPlace) => ({
  ...{ territory, period, norm: normId, dataSheet },
});

/** A data sheet with the department that delivers it, where a list says so. */
interface OwnedSheet {
  readonly code: string;
  readonly department: Bilingual | null;
}

/** Whoever sends for one department may not send for another, nor everything at once. */
export class SheetOfOthers extends DomainError {
  readonly code = 'observation.sheet-of-others';
  readonly kind = 'forbidden';
  /** @param wanted null for a whole upload */
  constructor(territory: string, wanted: OwnedSheet | null, own: readonly OwnedSheet[]) {
    const say = ({ code, department }: OwnedSheet, language: keyof Bilingual): string =>
      department ? `${code} (${department[language]})` : code;
    const list = (language: keyof Bilingual): string => own.map((one) => say(one, language)).join(', ') || '-';
    super(
      {
        zh: `${territory} ${wanted ? `的数据表 ${say(wanted, 'zh')} 由该部门报送` : '的整份上传不属于任何一个部门'}，您只能报送：${list('zh')}；请由该部门或核算员报送，或请管理员另行授权（gep user grant --sheet，或 POST /api/v1/users/{login}/grants）`,
        en: `${wanted ? `the data sheet ${say(wanted, 'en')} of ${territory} is for that department to send` : `an upload of the whole of ${territory} is no department's`}; you may send: ${list('en')}. Let that department or an accountant send it, or ask an administrator for the role (gep user grant --sheet, or POST /api/v1/users/{login}/grants)`,
      },
      {
        territory,
        dataSheet: wanted?.code ?? null,
        department: wanted?.department ?? null,
        allowed: own.map(({ code }) => code),
      },
    );
  }
}

/** What is to be taken back does not stand: it never came, was taken back before, or a whole upload superseded it. */
export class SheetNotStanding extends DomainError {
  readonly code = 'observation.sheet-not-standing';
  readonly kind = 'missing';
  constructor(of: SheetOfPlace, standing: readonly string[]) {
    super(
      {
        zh: `${of.territory} ${of.period} 没有有效的数据表“${of.dataSheet}”；有效的有：${standing.join('、') || '无'}；请用 gep review sheets 或 GET /api/v1/sheets 核对`,
        en: `no data sheet "${of.dataSheet}" stands for ${of.territory} ${of.period}; standing: ${standing.join(', ') || 'none'}. Look it up with gep review sheets or GET /api/v1/sheets`,
      },
      { ...factsOf(of), standing },
    );
  }
}

/** What holds may not be changed now. */
export class SheetClosed extends DomainError {
  readonly code = 'observation.sheet-closed';
  readonly kind = 'conflict';
  constructor(of: SheetOfPlace, { code, text, mend }: { code: string; text: Bilingual; mend: Bilingual }) {
    super(
      {
        zh: `不能撤回数据表“${of.dataSheet}”：${text.zh}；${mend.zh}`,
        en: `the data sheet "${of.dataSheet}" cannot be taken back: ${text.en}; ${mend.en}`,
      },
      { ...factsOf(of), lock: code },
    );
  }
}

/** Without the sheet no areas or no figures at all would be left, and the account would stay as it is. */
export class NothingLeft extends DomainError {
  readonly code = 'observation.nothing-left';
  readonly kind = 'conflict';
  constructor(of: SheetOfPlace) {
    super(
      {
        zh: `撤回数据表“${of.dataSheet}”后，${of.territory} ${of.period} 没有面积或数据可供核算；请改为重新上传更正后的该表（gep observe --sheet，或 POST /api/v1/uploads）`,
        en: `without the data sheet "${of.dataSheet}" there would be no areas or figures of ${of.territory} ${of.period} to compute from; send the sheet again as it should be (gep observe --sheet, or POST /api/v1/uploads)`,
      },
      factsOf(of),
    );
  }
}

/** No such batch, or none that the actor may see: the two are not told apart. */
export class BatchMissing extends DomainError {
  readonly code = 'observation.batch-missing';
  readonly kind = 'missing';
  constructor(id: string) {
    super(
      { zh: `没有导入批次“${id}”，或您无权查看`, en: `there is no batch "${id}", or you may not see it` },
      { batch: id },
    );
  }
}
