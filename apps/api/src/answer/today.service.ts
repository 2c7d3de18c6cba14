/** The clock of the API, so that a test can set it. */
import { Injectable } from '@nestjs/common';

@Injectable()
export class Today {
  /** `YYYY-MM-DD` in Beijing, the legal time of the territories. */
  date(): string {
    return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  }
}
