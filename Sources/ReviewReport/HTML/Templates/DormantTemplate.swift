/// Roles that nobody used.
enum DormantTemplate {
  static let main = Template(
    ##"""
    <section id="dormant" aria-labelledby="h-dormant"><h2 id="h-dormant">Dormant and never used</h2>
    <p>{{intro}}</p>
    {{#hasRoles}}
    <div class="scroll"><table><thead><tr><th scope="col">Role</th><th scope="col">Account</th><th scope="col">State</th><th scope="col">Created</th><th scope="col">Last used</th><th scope="col" class="num">Permissions</th><th scope="col" class="num">Findings</th></tr></thead><tbody>
    {{#roles}}
    <tr><th scope="row">{{#role}}\##(Fragment.roleLink){{/role}}</th><td>{{account}}</td><td>{{state}}</td><td class="date">{{#created}}<time>{{.}}</time>{{/created}}{{^created}}not known{{/created}}</td><td class="date">{{#lastUse}}<time>{{.}}</time>{{/lastUse}}{{^lastUse}}never seen{{/lastUse}}</td><td class="num">{{permissions}}</td><td class="num">{{findings}}</td></tr>
    {{/roles}}
    </tbody></table></div>
    {{/hasRoles}}
    </section>

    """##)
}
