// Exact amounts and days: whole minutes and texts, never a float.

// A number or a text such as 1.7, "0.25" or "1/3" as a numerator and a denominator.
function fraction(value) {
    const [above, below = "1"] = String(value).trim().split("/");
    const [whole, decimals = ""] = above.split(".");
    return [BigInt(whole + decimals), BigInt(below) * 10n ** BigInt(decimals.length)];
}

// A number of units as whole minutes; a part of a minute counts as a whole one.
export function minutesOf(value, unit) {
    const [above, below] = fraction(value);
    const product = above * BigInt(unit);
    return Number((product + below - 1n) / below);
}

// A share of whole minutes; a part of a minute counts as a whole one.
export const shareOf = (share, minutes) => minutesOf(share, minutes);

export const sum = numbers => numbers.reduce((total, each) => total + each, 0);

const written = day => day.toISOString().slice(0, 10);

const asDay = (year, month, day) => new Date(Date.UTC(year, month, day));

// A day some days later, as texts such as 2013-03-12, which compare in the order of the days.
export function plusDays(text, days) {
    const [year, month, day] = text.split("-").map(Number);
    return written(asDay(year, month - 1, day + days));
}

// The same day some months later, or the last day of a month that has no such day.
export function plusMonths(text, months) {
    const [year, month, day] = text.split("-").map(Number);
    const last = asDay(year, month + months, 0).getUTCDate();
    return written(asDay(year, month - 1 + months, Math.min(day, last)));
}
