/** Codes of places: the nation, administrative units by their real codes, and sites inside a county. */
import { DomainError } from './domain-error';

/** `CN`, 6 digits (province to county), 9 (township), 12 (village), or a site `520523-jinsha-mine`. */
export type TerritoryCode = string;

export class InvalidTerritoryCode extends DomainError {
  readonly code = 'territory.code-invalid';
  readonly kind = 'invalid';
  constructor(text: string) {
    super(
      {
        zh: `地域代码“${text}”无法识别；应为 CN、6、9 或 12 位数字，或“县代码-名称”形式的地块代码（如 520523-jinsha-mine）`,
        en: `territory code "${text}" cannot be read; give CN, 6, 9 or 12 digits, or a site as county-name, for example 520523-jinsha-mine`,
      },
      { territory: text },
    );
  }
}

const pattern = /^(?:CN|\d{6}|\d{9}|\d{12}|\d{6}-[a-z0-9]+(?:-[a-z0-9]+)*)$/;

export function isTerritoryCode(text: string): boolean {
  return text.length <= 64 && pattern.test(text);
}

/** @throws InvalidTerritoryCode */
export function parseTerritoryCode(text: string): TerritoryCode {
  if (!isTerritoryCode(text)) throw new InvalidTerritoryCode(text);
  return text;
}

/** True of invented places: no province has the code 99, so demonstrations use it; they are in no sum of the nation. */
export function isInvented(code: TerritoryCode): boolean {
  return code.startsWith('99');
}
