/** How a settlement, a party of it and a queued request are named in addresses. */
import { TextField, UuidField } from '../request/field.decorator';

export const settlementIdOrCode = {
  description: '结算编号或代码 · id or code of the settlement',
  ...{ max: 80, pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/, example: 'watershed-2025' },
};

export class SettlementPath {
  @TextField(settlementIdOrCode)
  id: string;
}

export class SettlementRequestPath {
  @UuidField({ description: '申请编号 · id of the request' })
  id: string;
}

export class SettlementPartyPath extends SettlementPath {
  @TextField({ description: '对方 · party', max: 100, pattern: /^[\x21-\x7e]+$/ })
  party: string;
}
