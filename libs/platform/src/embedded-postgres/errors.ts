/** Why the embedded PostgreSQL does not start. */
import { DomainError } from '@gep/kernel';

export class EmbeddedPostgresRefused extends DomainError {
  readonly code = 'platform.embedded-postgres';
  readonly kind = 'conflict';
  constructor(zh: string, en: string) {
    super({ zh, en });
  }
}
