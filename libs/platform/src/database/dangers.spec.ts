/** Each danger is found by itself, and several at once. */
import { findDangers, type DatabaseFacts } from './dangers';

const safe: DatabaseFacts = {
  role: 'gep_app',
  superuser: false,
  bypassesRowSecurity: false,
  ownedTable: null,
  synchronousCommit: 'on',
  fsync: 'on',
};
const whatOf = (facts: Partial<DatabaseFacts>) => findDangers({ ...safe, ...facts }).map(({ what }) => what);

describe('findDangers', () => {
  it('accepts a safe database', () => {
    expect(whatOf({})).toEqual([]);
    expect(whatOf({ synchronousCommit: 'remote_apply' })).toEqual([]);
  });

  it('finds each danger', () => {
    expect(whatOf({ superuser: true, bypassesRowSecurity: true, ownedTable: 'a.b' })).toEqual(['superuser']);
    expect(whatOf({ bypassesRowSecurity: true })).toEqual(['bypass-row-security']);
    expect(whatOf({ ownedTable: 'access.person' })).toEqual(['owner']);
    expect(whatOf({ synchronousCommit: 'off', fsync: 'off' })).toEqual(['synchronous-commit', 'fsync']);
  });
});
