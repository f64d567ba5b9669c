import { registry } from "@web/core/registry";

/**
 * Post to the page that makes links and prints them: their words come with its answer
 * and are never kept anywhere.
 */
function personalLinkSheet(env, action) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = "/chain_attendance/personal_links";
    const values = {
        csrf_token: odoo.csrf_token,
        maker_id: action.params.maker_id,
    };
    for (const [name, value] of Object.entries(values)) {
        const input = document.createElement("input");
        input.type = "hidden";
        input.name = name;
        input.value = value;
        form.append(input);
    }
    document.body.append(form);
    form.submit();
}

registry
    .category("actions")
    .add("attendance_personal_link_sheet", personalLinkSheet);
