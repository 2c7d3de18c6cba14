/** Checks every body, query and path against its declared fields; unknown fields are refused. */
import { Injectable, ValidationPipe } from '@nestjs/common';
import { RequestRefused } from '../problem/errors';
import { refusedFields } from '../problem/refused-fields';

@Injectable()
export class RequestChecks extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      transform: true,
      stopAtFirstError: true,
      validationError: { target: false, value: false },
      exceptionFactory: (findings) => new RequestRefused(refusedFields(findings)),
    });
  }
}
