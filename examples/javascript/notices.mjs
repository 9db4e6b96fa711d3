// Points out facts beside the figures, such as a later edition or entries that are likely slips.

import { lengthOf, ruleOf } from "./decide.mjs";

const MINUTES_A_DAY = 24 * 60;
const FLAGS = ["addresses_compliance", "compensated", "bought_through_association"];

export function notices(submission, required, found, book, editions) {
    const codes = onEdition(submission.renewal_year, book, editions).map(code => [code, book.window.clause]);
    if (submission.first_renewal_of?.length) codes.push(["first_renewal", book.total.invoice]);
    if (found.compliance < required.advised) codes.push(["compliance_advised", book.compliance.clause]);
    codes.push(...alike(submission.activities, book).map(() => ["alike_entries", book.total.clause]));
    codes.push(...longDays(submission.activities).map(() => ["long_day", book.credit.clause]));
    return codes.map(([code, clause]) => ({ code, clause }));
}

function onEdition(year, book, editions) {
    let latest = book;
    let isReplaced = false;
    while (latest.governs.last != null && year > latest.governs.last && editions[latest.governs.followed_by]) {
        latest = editions[latest.governs.followed_by];
        isReplaced = true;
    }
    const { first } = book.governs;
    const codes = isReplaced ? ["later_edition"] : first != null && year < first ? ["earlier_year"] : [];
    const isDated = latest.governs.first != null || latest.governs.last != null;
    return isDated ? codes : [...codes, "edition_undated"];
}

// The groups of activities that are alike in every field and are no duplicates.
function alike(activities, book) {
    const groups = new Map();
    for (const activity of activities.filter(each => !ruleOf(each.kind, book).once_per)) {
        const { title, kind, earned_on, provider = "", id = null, documents = [] } = activity;
        const flags = FLAGS.map(flag => (activity[flag] === undefined ? false : activity[flag]));
        const key = JSON.stringify([title, kind, earned_on, provider, id, lengthOf(activity), [...documents].sort(), flags]);
        groups.set(key, (groups.get(key) ?? 0) + 1);
    }
    return [...groups.values()].filter(count => count > 1);
}

function longDays(activities) {
    const minutes = {};
    for (const activity of activities) {
        minutes[activity.earned_on] = (minutes[activity.earned_on] ?? 0) + (lengthOf(activity) ?? 0);
    }
    return Object.values(minutes).filter(each => each > MINUTES_A_DAY);
}
