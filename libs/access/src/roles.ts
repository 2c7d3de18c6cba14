/** Who may do what: the one table of roles and permissions. */

/** Deeds that a person may be allowed. Reading the names of territories and the norms needs no permission. */
export const permissions = [
  'disclosure.read',
  'account.read',
  'account.compute',
  'account.check',
  'account.review',
  'account.approve',
  'account.publish',
  'observation.read',
  'observation.import',
  'ledger.read',
  'fund.manage',
  'settlement.prepare',
  'settlement.confirm',
  'settlement.approve',
  'settlement.pay',
  'policy.propose',
  'policy.approve',
  'agreement.manage',
  'procurement.manage',
  'owner.manage',
  'dividend.own',
  'appeal.file',
  'appeal.decide',
  'publication.publish',
  'evaluation.read',
  'evaluation.prepare',
  'evaluation.supply',
  'evaluation.confirm',
  'evaluation.approve',
  'credit.read',
  'credit.report',
  'credit.check',
  'credit.manage',
  'credit.approve',
  'credit.query',
  'credit.own',
  'norm.publish',
  'territory.import',
  'job.manage',
  'user.manage',
  'audit.read',
] as const;
export type Permission = (typeof permissions)[number];

export const roles = [
  'admin',
  'accountant',
  'checker',
  'reviewer',
  'approver',
  'publisher',
  'auditor',
  'viewer',
  'public-reader',
  'fund-administrator',
  'fund-checker',
  'fund-approver',
  'cashier',
  'settlement-clerk',
  'party',
  'owner',
  'evaluation-officer',
  'data-department',
  'evaluation-checker',
  'evaluation-approver',
  'credit-reporter',
  'credit-checker',
  'credit-officer',
  'credit-approver',
  'credit-user',
  'credit-subject',
] as const;
export type Role = (typeof roles)[number];

/**
 * An administrator runs the place but does not judge figures: what is computed and what is reviewed stay in other
 * hands. Who reports (accountant), who checks for the departments, the experts (reviewer), who approves and who publishes
 * each have one step of a review and no other. The auditor reads everything, the trail included, and changes nothing.
 * The public reader (a journalist, a bank) is told of an account what was published of it, and of nothing else.
 *
 * Of money, too, each hand has one step: the fund administrator prepares (funds, agreements, settlements), the fund checker
 * confirms, the fund approver approves (rules and payments), the cashier pays. The settlement clerk keeps the books of a
 * Two-Mountains company: owners, contracts, invoices. A party (a county, a company) objects and appeals. An owner (a
 * household) reads its own dividends, and nobody else's.
 *
 * Of evaluation: the evaluation officer prepares (plans, scorecards, audits of office holders), each data department supplies
 * the figures that it answers for, the evaluation checker confirms, the evaluation approver issues; an assessed county is a party.
 * Of credit: the reporter of a village team records what was done, the checker confirms it with the evidence, the credit
 * officer keeps subjects, notices and measures, the credit approver decides measures and objections, a credit user (a bank)
 * asks with the consent of the subject, and a subject reads its own record. Persons' records open to these roles alone.
 */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  admin: [
    'disclosure.read',
    'account.read',
    'account.compute',
    'observation.read',
    'observation.import',
    'ledger.read',
    'norm.publish',
    'territory.import',
    'job.manage',
    'user.manage',
    'audit.read',
  ],
  accountant: [
    'disclosure.read',
    'account.read',
    'account.compute',
    'observation.read',
    'observation.import',
    'ledger.read',
    'job.manage',
  ],
  checker: ['disclosure.read', 'account.read', 'account.check', 'observation.read', 'ledger.read'],
  reviewer: ['disclosure.read', 'account.read', 'account.review', 'observation.read', 'ledger.read'],
  approver: ['disclosure.read', 'account.read', 'account.approve', 'observation.read', 'ledger.read'],
  publisher: ['disclosure.read', 'account.read', 'account.publish', 'observation.read', 'ledger.read'],
  auditor: ['disclosure.read', 'account.read', 'observation.read', 'ledger.read', 'evaluation.read', 'audit.read'],
  viewer: ['disclosure.read', 'account.read', 'ledger.read', 'evaluation.read'],
  'public-reader': ['disclosure.read'],
  'fund-administrator': [
    ...(['disclosure.read', 'account.read', 'ledger.read', 'fund.manage', 'settlement.prepare'] as const),
    ...(['policy.propose', 'agreement.manage', 'procurement.manage', 'publication.publish'] as const),
  ],
  'fund-checker': ['disclosure.read', 'account.read', 'ledger.read', 'settlement.confirm', 'appeal.decide'],
  'fund-approver': ['disclosure.read', 'account.read', 'ledger.read', 'settlement.approve', 'policy.approve'],
  cashier: ['disclosure.read', 'account.read', 'ledger.read', 'settlement.pay'],
  'settlement-clerk': ['disclosure.read', 'account.read', 'ledger.read', 'procurement.manage', 'owner.manage'],
  party: ['disclosure.read', 'account.read', 'ledger.read', 'evaluation.read', 'appeal.file'],
  owner: ['dividend.own'],
  'evaluation-officer': [
    ...(['disclosure.read', 'account.read', 'ledger.read', 'evaluation.read', 'evaluation.prepare'] as const),
    ...(['policy.propose', 'publication.publish'] as const),
  ],
  'data-department': ['disclosure.read', 'evaluation.read', 'evaluation.supply'],
  'evaluation-checker': [
    ...(['disclosure.read', 'account.read', 'ledger.read', 'evaluation.read', 'evaluation.confirm'] as const),
    'appeal.decide',
  ],
  'evaluation-approver': [
    ...(['disclosure.read', 'account.read', 'ledger.read', 'evaluation.read', 'evaluation.approve'] as const),
    'policy.approve',
  ],
  'credit-reporter': ['credit.report'],
  'credit-checker': ['credit.read', 'credit.check'],
  'credit-officer': ['credit.read', 'credit.manage', 'policy.propose'],
  'credit-approver': ['credit.read', 'credit.approve', 'policy.approve', 'appeal.decide'],
  'credit-user': ['credit.query'],
  'credit-subject': ['credit.own'],
};

/**
 * Permissions whose deed is about the whole nation (one tree, one rulebook): a grant for a part of the tree does not
 * give them.
 */
export const nationalPermissions: readonly Permission[] = ['norm.publish', 'territory.import'];

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
