// An entry is what the form holds: { edition, as_of, submission }. It stands in the address after the #.

export function toAddress(entry) {
  const bytes = new TextEncoder().encode(JSON.stringify(entry));
  const text = Array.from(bytes, byte => String.fromCharCode(byte)).join("");
  return "#" + btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function fromAddress(hash) {
  try {
    const text = atob(hash.slice(1).replaceAll("-", "+").replaceAll("_", "/"));
    const entry = JSON.parse(new TextDecoder().decode(Uint8Array.from(text, letter => letter.charCodeAt(0))));
    return Array.isArray(entry?.submission?.activities) ? entry : null;
  } catch {
    return null;
  }
}

export const empty = edition => ({
  edition, as_of: "", submission: { renewal_year: "", designations: [], activities: [] },
});
