/** What the terminal refuses of disclosures. */
import { DomainError } from '@gep/kernel';

/** Without the secret nothing can be signed. */
export class SecretNotFound extends DomainError {
  readonly code = 'cli.secret-not-found';
  readonly kind = 'missing';
  constructor(file: string) {
    super(
      {
        zh: `没有用来签署的密钥：请设置 GEP_SECRET（与 API 相同），或先运行 npm start，它会写入 ${file}`,
        en: `there is no secret to sign with: set GEP_SECRET (the one of the API), or run npm start first, which writes ${file}`,
      },
      { file },
    );
  }
}

/** A file that is far larger than any disclosure. */
export class DisclosureFileTooLarge extends DomainError {
  readonly code = 'cli.disclosure-file-too-large';
  readonly kind = 'invalid';
  constructor(file: string, bytes: number, most: number) {
    super(
      {
        zh: `${file} 有 ${bytes} 字节，披露文件至多 ${most} 字节：请核对是否选错文件`,
        en: `${file} has ${bytes} bytes, and a disclosure has ${most} at most: check that it is the right file`,
      },
      { file, bytes, most },
    );
  }
}
