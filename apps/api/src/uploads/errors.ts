/** What an upload of observations is refused for, beside what the subject itself refuses. */
import { DomainError } from '@gep/kernel';
import type { ImportReport } from '@gep/observation';

export class FileMissing extends DomainError {
  readonly code = 'upload.file-missing';
  readonly kind = 'invalid';
  constructor() {
    super({
      zh: '没有收到文件；请用 multipart/form-data，文件字段名为 file',
      en: 'no file was received; send multipart/form-data with the file in the field "file"',
    });
  }
}

/** Nothing of the file was kept; the report in the facts names every cell. */
export class UploadRefused extends DomainError {
  readonly code = 'upload.refused';
  readonly kind = 'invalid';
  constructor(report: ImportReport) {
    const { errors } = report.counts;
    super(
      {
        zh: `文件有 ${errors} 处错误，没有导入任何数据；请按 facts.report.problems 逐处改正后重新上传`,
        en: `the file has ${errors} error(s) and nothing was imported; mend them as facts.report.problems says and upload it again`,
      },
      { report },
    );
  }
}

/** By the length it declares; nothing of it was read. */
export class UploadTooLarge extends DomainError {
  readonly code = 'upload.too-large';
  readonly kind = 'invalid';
  constructor(megabytes: number, most: number) {
    super(
      {
        zh: `上传共 ${megabytes} MB，超过 ${most} MB 的上限，未读取；请把文件按地区或年份拆开上传`,
        en: `the upload has ${megabytes} MB and at most ${most} MB are taken, so it was not read; split the files by territory or year`,
      },
      { megabytes, most },
    );
  }
}

export class TooManyUploads extends DomainError {
  readonly code = 'upload.too-many';
  readonly kind = 'too-much';
  constructor(most: number) {
    super(
      {
        zh: `同时进行的上传不能超过 ${most} 个；请等前面的完成`,
        en: `at most ${most} uploads may be under way at a time; wait for the others to end`,
      },
      { most },
    );
  }
}
