/** The form of ids that the database gives. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whatever else was typed names nothing, and a database would not even compare it. */
export const isUuid = (text: string): boolean => uuid.test(text);
