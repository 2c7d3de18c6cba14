/** The accounts of a company's own book. */

/** Role of an account in the book of a company → name, side, kept by party or not. */
export const bookAccounts = {
  cash: ['银行存款', 'cash', 'debit', false],
  income: ['收入', 'income', 'credit', false],
  cost: ['成本费用', 'cost', 'debit', false],
  appropriated: ['利润分配', 'appropriated earnings', 'debit', false],
  reserve: ['公积公益金', 'reserve', 'credit', false],
  payable: ['应付股利', 'dividends payable', 'credit', true],
  unclaimed: ['未领分红', 'unclaimed dividends', 'credit', true],
} as const;
export type BookRole = keyof typeof bookAccounts;

/** Account ids by role. */
export type CompanyBook = Readonly<Record<BookRole, string>>;
